import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MlflowError } from '../../../core/base/errors.js';
import type { Backup } from '../../../core/stores/storeInfo.js';
import { openConnection } from '../connections.js';
import type { Database } from '../database.js';
import { toMlflowError } from '../sqliteErrors.js';
import { backupPath, finishBackup, makeEmpty, unfinished } from './backupFile.js';
import { copyDatabase, type CopyOptions, HeldTooLong } from './copyDatabase.js';
import { databaseKey } from './databaseKey.js';
import type { KnownDatabases } from './knownDatabases.js';

/** Room that stays free on the disk, in bytes. */
const SPARE = 1_000_000;

const OR_TURN_OFF =
  'Or turn backups off: the setting "mlflowWorkbench.tracking.backup", or --no-backup on the command line.';

export interface BackupJob extends CopyOptions {
  /** Of the database. */
  readonly path: string;
  readonly memory: KnownDatabases;
}

/**
 * Makes a backup of a database and remembers it. One that is broken off, however it is, has another name and is deleted.
 * @throws MlflowError that says what to do; the signal's reason
 */
export async function makeBackup(job: BackupJob): Promise<Backup> {
  const { path, memory } = job;
  memory.removeUnfinished();
  let source: Database | undefined;
  try {
    source = openConnection(path, 'reader');
    const key = databaseKey(source, path);
    requireRoom(path, sizeOf(source));
    const target = backupPath(path, new Date());
    memory.begin(unfinished(target));
    makeEmpty(unfinished(target), path);
    await copyDatabase(source, unfinished(target), job);
    finishBackup(target);
    memory.finish();
    const backup = { path: target, bytes: statSync(target).size };
    memory.add({ key, backup });
    return backup;
  } catch (error) {
    memory.removeUnfinished();
    throw job.signal.aborted ? error : explained(error, path);
  } finally {
    source?.close();
  }
}

/** Of all that was committed: a part of it may be in the log. */
export function sizeOf(database: Database): number {
  const value = (pragma: string): number =>
    Number(Object.values(database.get<object>(`PRAGMA ${pragma}`) ?? {})[0]);
  return value('page_count') * value('page_size');
}

function requireRoom(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  const free = bavail * bsize;
  if (free < bytes + SPARE) {
    throw new MlflowError(
      'RESOURCE_EXHAUSTED',
      `the disk that holds it has room for ${megabytes(free)}, and ${megabytes(bytes + SPARE)} are needed`,
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

/** What went wrong, and what can be done about it. */
function explained(error: unknown, path: string): MlflowError {
  const { code, reason } = reasonOf(error, path);
  const text = `Nothing was written to ${path}: it was not made here, so a backup comes first, and that failed: ${reason}.`;
  return new MlflowError(code, `${text} ${adviceOf(code)} ${OR_TURN_OFF}`, { cause: error });
}

function reasonOf(error: unknown, path: string): { code: MlflowError['code']; reason: string } {
  if (error instanceof HeldTooLong) {
    const reason = 'other programs write to it, and would have to wait too long for so large a copy';
    return { code: 'TEMPORARILY_UNAVAILABLE', reason };
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return { code: 'RESOURCE_EXHAUSTED', reason: 'the disk that holds it is full' };
  }
  const { code, message } = toMlflowError(error, path);
  return { code, reason: message.replace(/\.$/, '') };
}

function adviceOf(code: MlflowError['code']): string {
  switch (code) {
    case 'RESOURCE_EXHAUSTED':
      return 'Make room on that disk.';
    case 'TEMPORARILY_UNAVAILABLE':
      return 'Let those programs end and try again.';
    case 'PERMISSION_DENIED':
      return 'Make its folder one that can be written.';
    default:
      return 'Copy it yourself.';
  }
}
