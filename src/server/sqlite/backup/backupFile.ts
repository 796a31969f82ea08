import { closeSync, existsSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Of a file's mode, what says who may read, write or run it. */
const PERMISSIONS = 0o777;

/** Where a backup that is made now goes: beside its database, where its owner finds it, on the same disk. */
export function backupPath(databasePath: string, now: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  const path = `${databasePath}.backup-${day}-${time}`;
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(free) && !existsSync(unfinished(free))) {
      return free;
    }
  }
}

/** The name that a backup has until it is whole. */
export function unfinished(path: string): string {
  return `${path}.unfinished`;
}

/** Makes the empty file of a backup, for those only who can read the database. */
export function makeEmpty(path: string, databasePath: string): void {
  const { mode } = statSync(databasePath);
  closeSync(openSync(path, 'wx', mode & PERMISSIONS));
}

/** Gives a whole backup its name, once all of it is on disk. */
export function finishBackup(path: string): void {
  synchronise(unfinished(path));
  renameSync(unfinished(path), path);
  if (process.platform !== 'win32') {
    synchronise(dirname(path));
  }
}

function synchronise(path: string): void {
  const file = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
