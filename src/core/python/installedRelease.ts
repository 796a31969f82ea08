import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isOnlySkinny, mlflowReleaseOf } from './distInfo.js';

/**
 * The release of `mlflow` in the environment that an interpreter belongs to, told by folder names alone:
 * Python is not run. Undefined where there is none, or where the environment is not laid out as virtual and
 * conda environments are.
 * @param interpreter absolute path, not resolved: a virtual environment's `python` is a link out of it
 */
export async function installedMlflowRelease(
  interpreter: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  for (const folder of await sitePackages(environmentRoot(interpreter), platform)) {
    const release = mlflowReleaseOf(await names(folder));
    if (release !== undefined) {
      return release;
    }
  }
  return undefined;
}

/**
 * Whether the interpreter's environment has `mlflow-skinny` without the full package: it logs runs and has no part that
 * opens a database.
 */
export async function hasOnlySkinnyMlflow(
  interpreter: string,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const folders = await sitePackages(environmentRoot(interpreter), platform);
  return isOnlySkinny((await Promise.all(folders.map(names))).flat());
}

/** Whether the interpreter's environment is one that {@link installedMlflowRelease} knows in full. */
export async function isIsolatedEnvironment(interpreter: string): Promise<boolean> {
  const root = environmentRoot(interpreter);
  try {
    const config = await readFile(join(root, 'pyvenv.cfg'), 'utf8');
    return !/^\s*include-system-site-packages\s*=\s*true/im.test(config);
  } catch {
    return (await names(root)).includes('conda-meta');
  }
}

/** `bin/python` and `Scripts\python.exe` lie one folder deep, conda's `python.exe` in the root. */
function environmentRoot(interpreter: string): string {
  const folder = dirname(interpreter);
  return ['bin', 'scripts'].includes(basename(folder).toLowerCase()) ? dirname(folder) : folder;
}

async function sitePackages(root: string, platform: NodeJS.Platform): Promise<string[]> {
  if (platform === 'win32') {
    return [join(root, 'Lib', 'site-packages')];
  }
  const versions = (await names(join(root, 'lib'))).filter((name) => /^python3(\.\d+)?t?$/.test(name));
  return versions.map((name) => join(root, 'lib', name, 'site-packages'));
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
