import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { node } from './run.mjs';

export const NEWEST = '3.18.0';
export const NEWEST_OF_2 = '2.22.4';
export const OLDEST = '2.9.2';
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
export function pythonWithMlflow() {
  return pythonWith(NEWEST);
}

/** As {@link pythonWithMlflow}, with the newest tested release of MLflow 2 and nothing beside it. */
export function pythonWithMlflow2() {
  return pythonWith(NEWEST_OF_2);
}

/** As {@link pythonWithMlflow}, with the oldest tested release and nothing beside it. */
export function pythonWithOldMlflow() {
  return pythonWith(OLDEST);
}

async function pythonWith(release) {
  const setup = join(root, 'scripts', 'setup-python.mjs');
  await node([setup, release]);
  const python = pythonOf(release);
  if (!existsSync(python)) throw new Error(`${setup} left no ${python}`);
  return python;
}
