// The e2e tier: VS Code's server with the built extension, driven in a browser as a person would.
// node scripts/test-e2e.mjs [test file …]
import './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { pythonWithMlflow } from './lib/python.mjs';
import { runVitest } from './lib/vitest.mjs';
import { setupChromium } from './setup-chromium.mjs';
import { setupVscodeServer } from './setup-vscode-server.mjs';

const env = {
  VSCODE_SERVER_MAIN: await setupVscodeServer(),
  CHROMIUM_PATH: await setupChromium(),
  PYTHON_WITH_MLFLOW: await pythonWithMlflow(),
};
await build();
process.exitCode = await runVitest('e2e', process.argv.slice(2), env);
