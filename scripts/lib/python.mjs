import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { node } from './run.mjs';

export const NEWEST = '3.18.0';
const below = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

/** The folder of the virtual environment that has this release of `mlflow`, whether it is there or not. */
export function environmentOf(release) {
  return join(cache, 'python', release);
}

/** The Python of that environment. */
export function pythonOf(release) {
  return join(environmentOf(release), ...below);
}

/**
 * Path of a Python that has the newest tested `mlflow` and scikit-learn, installed on the first call.
 * Throws when this machine has no Python to begin with.
 */
export async function pythonWithMlflow() {
  const setup = join(root, 'scripts', 'setup-python.mjs');
  await node([setup, NEWEST]);
  const python = pythonOf(NEWEST);
  if (!existsSync(python)) throw new Error(`${setup} left no ${python}`);
  return python;
}
