import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { createSqlRegexp } from '../../core/search/regexp/regexp.js';
import { MlflowError } from '../../core/base/errors.js';
import { Database } from './database.js';
import { logBeside } from './fileSystems.js';
import { lacksCompanions } from './sqliteErrors.js';

/**
 * How long SQLite itself waits for a lock, in milliseconds. It blocks the thread, so it is short, and whoever
 * needs the lock tries again later.
 */
const BUSY_TIMEOUT = 50;

/**
 * The same for connections that only read. A read of many statements begins anew when one of them meets a lock, and
 * beside a steady writer without a write-ahead log one always does: so each statement waits. It holds nothing
 * meanwhile, and all that waits behind it would wait for the same lock.
 */
const READER_BUSY_TIMEOUT = 2000;

/**
 * How long the write-ahead log may become before it is brought into the database, in pages: 16 MB. A batch of many
 * keys touches hundreds of pages, so that SQLite's own 1,000 would mean a checkpoint for almost every one.
 */
const CHECKPOINT_PAGES = 4000;

/** What a connection may do: `reader` never writes, `fileReader` cannot, as its file cannot be written. */
export type Access = 'writer' | 'reader' | 'fileReader';

/**
 * Opens a database with the settings that MLflow uses, and commits that are on disk when they return.
 * @throws the error of SQLite, also where the file is no database; MlflowError PERMISSION_DENIED where only a part
 * of it could be read
 */
export function openConnection(path: string, access: Access): Database {
  const open = (location: string | URL): Database =>
    prepared(new DatabaseSync(location, { readOnly: access === 'fileReader' }), access);
  try {
    return open(path);
  } catch (error) {
    if (access !== 'fileReader' || !lacksCompanions(error)) {
      throw error;
    }
    const log = logBeside(path);
    if (log !== undefined) {
      throw new MlflowError(
        'PERMISSION_DENIED',
        `A part of ${path} is in ${log}, which SQLite reads only where it can write beside it. ` +
          'Copy both files to a folder that can be written.',
        { cause: error },
      );
    }
    return open(immutableUrl(path));
  }
}

/** A database in memory, for what is asked of a store that does not exist yet. */
export function openInMemory(): Database {
  return prepared(new DatabaseSync(':memory:'), 'writer');
}

/**
 * SQLite reads a database in WAL mode only where it can keep shared memory beside it. In a folder that cannot
 * be written it has to be told that nobody else writes either, and then it ignores the log.
 */
function immutableUrl(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

function prepared(connection: DatabaseSync, access: Access): Database {
  try {
    connection.exec(`PRAGMA busy_timeout = ${access === 'writer' ? BUSY_TIMEOUT : READER_BUSY_TIMEOUT}`);
    connection.exec('PRAGMA foreign_keys = ON');
    connection.exec('PRAGMA case_sensitive_like = ON');
    connection.exec('PRAGMA synchronous = FULL');
    if (access === 'writer') {
      connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    } else {
      connection.exec('PRAGMA query_only = ON');
    }
    connection.function('regexp', { deterministic: true }, createSqlRegexp() as never);
    const database = new Database(connection);
    // The first statement that touches the file: it fails here where the file is not what it seems.
    database.get('PRAGMA schema_version');
    return database;
  } catch (error) {
    connection.close();
    throw error;
  }
}
