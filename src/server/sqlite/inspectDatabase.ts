import { statSync } from 'node:fs';
import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { openConnection } from './connections.js';
import type { Database } from './database.js';
import { isWritable } from './fileSystems.js';
import { NEWEST_REVISION, releasesOf } from './schemas/index.js';
import { toMlflowError } from './sqliteErrors.js';
import type { StoreOptions } from './storeOptions.js';

/**
 * What is at a store's path: a database, or the place of one that the first write will make. A file without any
 * table counts as missing: MLflow makes its tables in such a file too.
 * @throws MlflowError BAD_REQUEST where the file is no database, or not one of MLflow's;
 * INVALID_PARAMETER_VALUE for a revision that no database can be made at
 */
export function inspectDatabase(options: StoreOptions): StoreInfo {
  const { path, createRevision = NEWEST_REVISION } = options;
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
    ...askedFor(options),
  };
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) {
    return missing;
  }
  if (!stats.isFile()) {
    throw new MlflowError('BAD_REQUEST', `${path} is not an SQLite database.`);
  }
  const asked = askedFor(options);
  const canWrite = asked === undefined && isWritable(path);
  const revision = readRevision(path, canWrite);
  if (revision === undefined) {
    return missing;
  }
  const releases = releasesOf(revision);
  const info: StoreInfo = { path, exists: true, revision, releases };
  if (asked !== undefined) {
    return { ...info, ...asked };
  }
  if (releases.length === 0) {
    return { ...info, readOnlyReason: 'unknownRevision' };
  }
  return canWrite ? info : { ...info, readOnlyReason: 'notWritable' };
}

/** Why a store is opened for reading only, whatever is at its path. */
function askedFor({
  readOnly,
  servedBy,
}: StoreOptions): Pick<StoreInfo, 'readOnlyReason' | 'servedBy'> | undefined {
  if (servedBy !== undefined) {
    return { readOnlyReason: 'servedElsewhere', servedBy };
  }
  return readOnly ? { readOnlyReason: 'askedFor' } : undefined;
}

function readRevision(path: string, canWrite: boolean): string | undefined {
  let database: Database | undefined;
  try {
    database = openConnection(path, canWrite ? 'reader' : 'fileReader');
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
