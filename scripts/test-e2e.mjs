// The e2e tier: VS Code's server with the built extension, driven in a browser as a person would.
// node scripts/test-e2e.mjs [test file …]
import './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { e2eEnvironment } from './lib/e2eEnvironment.mjs';
import { runVitest } from './lib/vitest.mjs';

const env = await e2eEnvironment();
await build();
process.exitCode = await runVitest('e2e', process.argv.slice(2), env);
