import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../database.js';
import { isRemoteFolder } from '../../../core/servers/remoteFolder.js';

/**
 * What tells a database from another one that takes its place, and stays when it is moved or upgraded: its file, and
 * when its oldest experiment was made, since a file system gives the number of a deleted file to the next one.
 * Where the disk may be on another machine such numbers change by themselves and do not count.
 */
export function databaseKey(database: Database, path: string): string {
  const file = isRemoteFolder(dirname(path)) ? '' : String(statSync(path, { bigint: true }).ino);
  const sql = 'SELECT creation_time FROM experiments ORDER BY experiment_id LIMIT 1';
  return `${file}:${String(hasCreationTime(database) ? database.get<Oldest>(sql)?.creation_time : '')}`;
}

interface Oldest {
  readonly creation_time: number | null;
}

/** Schemas of long ago have no such column. */
function hasCreationTime(database: Database): boolean {
  return (
    database.get(`SELECT 1 FROM pragma_table_info('experiments') WHERE name = 'creation_time'`) !== undefined
  );
}
