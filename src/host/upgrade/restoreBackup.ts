import { copyFile, open, rename, rm } from 'node:fs/promises';
import { standAside } from '../../core/client/storeFile.js';

/** What SQLite keeps beside a database belongs to the one that goes. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Puts a backup in the place of its database; the backup stays. The server of the store stands aside, and makes a
 * backup of what it finds before: nothing is lost.
 * @param uri of that server
 * @returns the path of the backup of what was there
 */
export async function restoreBackup(uri: string, path: string, backup: string): Promise<string> {
  const away = await standAside(uri, new AbortController().signal, () => undefined);
  const copy = `${path}.restoring`;
  try {
    await copyFile(backup, copy);
    await synchronise(copy);
    // First: with the database in place they would be taken for its own.
    await Promise.all(COMPANIONS.map((companion) => rm(path + companion, { force: true })));
    await rename(copy, path);
  } finally {
    await rm(copy, { force: true });
    away.release();
  }
  return away.backup.path;
}

async function synchronise(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
