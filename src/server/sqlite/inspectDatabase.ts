import { statSync } from 'node:fs';
import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { openConnection } from './connections.js';
import type { Database } from './database.js';
import { isWritable } from './fileSystems.js';
import { NEWEST_REVISION, releasesOf } from './schemas/index.js';
import { toMlflowError } from './sqliteErrors.js';

/**
 * What is at `path`: a store, or the place of one that the first write will make. A file without any table
 * counts as missing: MLflow makes its tables in such a file too.
 * @param createRevision the revision that a new database is made at
 * @throws MlflowError BAD_REQUEST where the file is no database, or not one of MLflow's;
 * INVALID_PARAMETER_VALUE for a revision that no database can be made at
 */
export function inspectDatabase(path: string, createRevision: string = NEWEST_REVISION): StoreInfo {
  if (releasesOf(createRevision).length === 0) {
    throw invalidParameter(
      `No MLflow release is known that makes databases at revision '${createRevision}'.`,
    );
  }
  const missing: StoreInfo = {
    path,
    exists: false,
    revision: createRevision,
    releases: releasesOf(createRevision),
  };
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) {
    return missing;
  }
  if (!stats.isFile()) {
    throw new MlflowError('BAD_REQUEST', `${path} is not an SQLite database.`);
  }
  const revision = readRevision(path);
  return revision === undefined ? missing : infoOf(path, revision);
}

/** What an existing database is. */
function infoOf(path: string, revision: string): StoreInfo {
  const releases = releasesOf(revision);
  const info: StoreInfo = { path, exists: true, revision, releases };
  if (releases.length === 0) {
    return { ...info, readOnlyReason: 'unknownRevision' };
  }
  return isWritable(path) ? info : { ...info, readOnlyReason: 'notWritable' };
}

function readRevision(path: string): string | undefined {
  let database: Database | undefined;
  try {
    database = openConnection(path, isWritable(path) ? 'reader' : 'fileReader');
    return revisionOf(database, path);
  } catch (error) {
    throw toMlflowError(error, path);
  } finally {
    database?.close();
  }
}

/**
 * The revision of an open database: empty where MLflow's tables carry none, undefined where there are no tables.
 * @throws MlflowError BAD_REQUEST for the database of something else
 */
function revisionOf(database: Database, path: string): string | undefined {
  const tables = database.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const has = (table: string): boolean => tables.some(({ name }) => name === table);
  if (tables.length === 0) {
    return undefined;
  }
  if (!has('alembic_version')) {
    if (!has('experiments')) {
      throw new MlflowError('BAD_REQUEST', `${path} is an SQLite database, but it holds no MLflow store.`);
    }
    return '';
  }
  return database.get<{ version_num: string }>('SELECT version_num FROM alembic_version')?.version_num ?? '';
}
