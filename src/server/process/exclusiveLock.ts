import { DatabaseSync } from 'node:sqlite';
import type { Disposable } from '../../core/base/disposable.js';

/**
 * Takes a lock that the system lets go of when this process ends, however it ends; undefined where another process
 * has it. The lock is a transaction on an empty database, so it is as good on every file system as SQLite's own.
 */
export function takeExclusiveLock(path: string): Disposable | undefined {
  const database = new DatabaseSync(path);
  try {
    // Nothing is ever written to it, so there is no need of a journal beside it.
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
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
