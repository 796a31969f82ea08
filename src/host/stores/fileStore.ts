import { join } from 'node:path';
import { isFile, namesIn } from '../platform/files.js';

/** Whether a folder has runs in MLflow's older file store: an experiment's folder in `mlruns/` with its facts. */
export async function holdsFileStore(folder: string): Promise<boolean> {
  const root = join(folder, 'mlruns');
  for (const name of await namesIn(root)) {
    if (/^\d+$/.test(name) && (await isFile(join(root, name, 'meta.yaml')))) {
      return true;
    }
  }
  return false;
}
