import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/*
 * Nothing here opens a database. A process that opens and closes a file by itself loses all its locks on it
 * (POSIX), those of SQLite's connections too: another process would then take itself for the only one, and
 * delete the log from under us.
 */

/** Whether the disk that holds a file has no room: SQLite then fails in more ways than one. */
export function isDiskFull(path: string): boolean {
  try {
    return statfsSync(dirname(path)).bavail === 0;
  } catch {
    return false;
  }
}

/** Whether a file, and the folder in which SQLite keeps its journals, can be written. */
export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The log beside a database, written ahead or for going back, that a part of its contents is in. */
export function logBeside(path: string): string | undefined {
  return [`${path}-wal`, `${path}-journal`].find(
    (log) => (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
}

/** Whether the system, not SQLite, refused: because of whose the files are, or how the disk is mounted. */
export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(String((error as NodeJS.ErrnoException).code));
}

/** What changes when somebody writes to a database or its log. */
export function fileStamp(path: string): string {
  const stamps = [path, `${path}-wal`].map((each) => {
    const stats = statSync(each, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? '' : `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
  });
  return stamps.join();
}

/**
 * What tells one file from another that has taken its place; undefined where there is none, or an empty one.
 * @param evenEmpty whether an empty file counts
 */
export function fileIdentity(path: string, evenEmpty = false): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined || (!evenEmpty && stats.isFile() && stats.size === 0n)
    ? undefined
    : `${stats.dev}:${stats.ino}`;
}
