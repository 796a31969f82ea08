import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Disposable } from '../../core/base/disposable.js';

/**
 * Takes the lock that makes a server the only one of its state folder; undefined where another process has it.
 * The lock is a transaction on an empty database: the system lets go of it when the process ends, however it ends.
 */
export function takeStoreLock(stateFolder: string): Disposable | undefined {
  const path = join(stateFolder, 'server.lock');
  const database = new DatabaseSync(path);
  try {
    chmodSync(path, 0o600);
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      return undefined;
    }
    throw error;
  }
  return { dispose: () => database.close() };
}

/** SQLITE_BUSY, with whatever more it says. */
function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' && (code & 0xff) === 5;
}
