import { stat } from 'node:fs/promises';
import { join } from 'node:path';

const RUNS_FOLDER = 'mlruns';

/**
 * Where the artifacts of a recorded path are now. A store's folder may have been moved or copied since: when the
 * path is not there but what follows `mlruns` in it is there below the store's folder, that is it.
 * @param uri as recorded; only its path is looked at, of whichever system
 * @param path the same as an absolute path of this machine
 * @param mayLook whether the file system may be asked about that path
 */
export async function currentPath(
  uri: string,
  path: string,
  storeFolder: string,
  mayLook: boolean,
): Promise<string> {
  if (mayLook && (await exists(path))) {
    return path;
  }
  const names = uri.split(/[/\\]/);
  const start = names.lastIndexOf(RUNS_FOLDER);
  if (start < 0 || names.slice(start).includes('..')) {
    return path;
  }
  const moved = join(storeFolder, ...names.slice(start));
  return (await exists(moved)) ? moved : path;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
