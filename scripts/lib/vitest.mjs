import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { results, root } from './paths.mjs';
import { runForCode } from './run.mjs';

/**
 * Runs one project of vitest.config.ts, writes its results to .cache/results/<name>.json, and resolves with the
 * exit code. `args` go to vitest: paths of test files, `-t name`.
 */
export async function runVitest(tier, args = [], env = {}, name = tier) {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const cli = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // Servers of tests keep nothing where those of the person at this machine do.
  const state = mkdtempSync(join(tmpdir(), 'mlflow-workbench-state-'));
  try {
    return await runForCode(process.execPath, [cli, 'run', '--project', tier, ...reporters, ...args], {
      env: { ...process.env, MLFLOW_WORKBENCH_STATE_HOME: state, ...env },
    });
  } finally {
    rmSync(state, { recursive: true, force: true, maxRetries: 5 });
  }
}
