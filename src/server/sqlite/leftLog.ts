import { renameSync, rmSync } from 'node:fs';
import type { Database } from './database.js';

/**
 * Brings what the log holds into the database, wherever its file is now: SQLite does so by itself only where the file
 * has kept its name. @returns whether nothing is left in the log
 */
export function emptyLog(database: Database): boolean {
  try {
    return database.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
  } catch {
    return false;
  }
}

/** Brings what the log holds into the database without keeping anybody waiting. @returns whether all of it is there */
export function bringLogIn(database: Database): boolean {
  const row = database.get<{ busy: number; log: number; checkpointed: number }>(
    'PRAGMA wal_checkpoint(PASSIVE)',
  );
  return row?.busy === 0 && row.log === row.checkpointed;
}

/**
 * Takes away the log of a database whose file has been moved or deleted. It would be taken for the log of the file that
 * comes to its place. One that still holds something, as another process was in the way, is kept by another name.
 */
export function takeLogAway(path: string, isEmptied: boolean): void {
  if (isEmptied) {
    rmSync(`${path}-wal`, { force: true });
  } else {
    renameSync(`${path}-wal`, `${path}-wal.left`);
  }
  rmSync(`${path}-shm`, { force: true });
}
