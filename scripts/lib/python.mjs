import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { node } from './run.mjs';

const NEWEST = '3.18.0';

/**
 * Path of a Python that has the newest tested `mlflow` and scikit-learn, installed on the first call.
 * Throws when this machine has no Python to begin with.
 */
export async function pythonWithMlflow() {
  const setup = join(root, 'scripts', 'setup-python.mjs');
  await node([setup, NEWEST]);
  const below = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = join(cache, 'python', NEWEST, ...below);
  if (!existsSync(python)) throw new Error(`${setup} left no ${python}`);
  return python;
}
