import { setupChromium } from '../setup-chromium.mjs';
import { setupVscodeServer } from '../setup-vscode-server.mjs';
import { pythonWithMlflow, pythonWithMlflow2, pythonWithOldMlflow } from './python.mjs';

/** What test/e2e reads from its environment: paths of programs, which are installed where they are missing. */
export async function e2eEnvironment() {
  return {
    VSCODE_SERVER_MAIN: await setupVscodeServer(),
    CHROMIUM_PATH: await setupChromium(),
    PYTHON_WITH_MLFLOW: await pythonWithMlflow(),
    PYTHON_WITH_MLFLOW_2: await pythonWithMlflow2(),
    PYTHON_WITH_OLD_MLFLOW: await pythonWithOldMlflow(),
  };
}
