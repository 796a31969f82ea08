import { statSync } from 'node:fs';
import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { Capability, StoreInfo } from '../../core/stores/storeInfo.js';
import { openConnection } from './connections.js';
import type { Database } from './database.js';
import { isWritable } from './fileSystems.js';
import { ageOf, NEWEST_REVISION, releasesOf } from './schemas/index.js';
import { toMlflowError } from './sqliteErrors.js';
import type { StoreOptions } from './storeOptions.js';

/** The table that came with each thing that older schemas cannot hold. */
const TABLE_OF: Readonly<Record<Capability, string>> = {
  traces: 'trace_info',
  loggedModels: 'logged_models',
  assessments: 'assessments',
  spans: 'spans',
  evaluationDatasets: 'evaluation_datasets',
};

/** What an open database is. */
interface Found {
  /** Empty where MLflow's tables carry none. */
  readonly revision: string;
  readonly lacks: readonly Capability[];
}

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
  const found = look(path, canWrite);
  if (found === undefined) {
    return missing;
  }
  const { revision, lacks } = found;
  const releases = releasesOf(revision);
  const info: StoreInfo = {
    path,
    exists: true,
    revision,
    releases,
    ...(releases.length === 0 && { revisionAge: ageOf(revision) }),
    ...(revision !== NEWEST_REVISION && ageOf(revision) !== 'newer' && { isOutdated: true }),
    ...(releases.length > 0 && lacks.length > 0 && { lacks }),
  };
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

function look(path: string, canWrite: boolean): Found | undefined {
  let database: Database | undefined;
  try {
    database = openConnection(path, canWrite ? 'reader' : 'fileReader');
    return contentsOf(database, path);
  } catch (error) {
    throw toMlflowError(error, path);
  } finally {
    database?.close();
  }
}

/**
 * What an open database holds; undefined where there are no tables.
 * @throws MlflowError BAD_REQUEST for the database of something else
 */
function contentsOf(database: Database, path: string): Found | undefined {
  const rows = database.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const tables = new Set(rows.map(({ name }) => name));
  if (tables.size === 0) {
    return undefined;
  }
  const lacks = (Object.keys(TABLE_OF) as Capability[]).filter((each) => !tables.has(TABLE_OF[each]));
  if (!tables.has('alembic_version')) {
    if (!tables.has('experiments')) {
      throw new MlflowError('BAD_REQUEST', `${path} is an SQLite database, but it holds no MLflow store.`);
    }
    return { revision: '', lacks };
  }
  const row = database.get<{ version_num: string }>('SELECT version_num FROM alembic_version');
  return { revision: row?.version_num ?? '', lacks };
}
