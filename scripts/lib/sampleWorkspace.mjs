// The workspace that `npm start` opens: a copy of the sample project in which the sample has really been run.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cache, root } from './paths.mjs';
import { pythonWithMlflow } from './python.mjs';
import { run } from './run.mjs';
import { logSampleRuns } from './sampleRuns.mjs';

const workspace = join(cache, 'sample-workspace');

/**
 * Makes the workspace on the first call. Resolves with its path and the environment to open it in, whose PATH
 * begins with a Python that has `mlflow` where this machine can have one.
 */
export async function prepareSampleWorkspace() {
  mkdirSync(workspace, { recursive: true });
  cpSync(join(root, 'samples', 'sklearn-iris'), workspace, { recursive: true });
  const python = await pythonOrNothing();
  const env = { ...process.env };
  if (python) process.env.PATH = env.PATH = [dirname(python), env.PATH].join(delimiter);
  if (!existsSync(join(workspace, 'mlflow.db')))
    await (python ? trainFor(python, env) : logSampleRuns(workspace));
  return { workspace, env };
}

async function pythonOrNothing() {
  try {
    return await pythonWithMlflow();
  } catch (error) {
    console.log(
      `There is no Python with mlflow here (${error.message}); the sample's runs are logged without it.`,
    );
    return undefined;
  }
}

/** Runs the sample as a person would, once for each strength of the regularisation. */
async function trainFor(python, env) {
  console.log('Running the sample to have runs to show …');
  for (const alpha of ['0.0001', '0.01']) {
    await run(python, ['train.py', '--pause', '0', '--alpha', alpha], {
      cwd: workspace,
      // What this machine has set for another tracking server is not for the sample.
      env: { ...env, MLFLOW_TRACKING_URI: '', MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
  }
}
