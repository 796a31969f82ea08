import { dirname } from 'node:path';
import { DEFAULT_EXPERIMENT_ID } from '../../core/domain/experiment.js';
import { appendToUri } from './artifactLocations.js';
import type { Database } from './database.js';
import { isRemoteFolder } from '../../core/servers/remoteFolder.js';
import { schemaOf } from './schemas/index.js';
import { isBusy } from './sqliteErrors.js';
import type { StoreSettings } from './storeSettings.js';

/**
 * Makes MLflow's tables and first rows in an empty database, in one transaction: another process sees all of
 * it or nothing. Does nothing where another process was faster.
 * @returns whether it made them
 */
export function createTables(database: Database, revision: string, settings: StoreSettings): boolean {
  database.exec('BEGIN EXCLUSIVE');
  try {
    const isEmpty = database.get('SELECT 1 FROM sqlite_master') === undefined;
    if (isEmpty) {
      for (const statement of schemaOf(revision)) {
        database.exec(statement);
      }
      insertDefaultExperiment(database, settings);
    }
    database.exec('COMMIT');
    return isEmpty;
  } catch (error) {
    database.rollBack();
    throw error;
  }
}

function insertDefaultExperiment(database: Database, settings: StoreSettings): void {
  const now = Date.now();
  database.run(
    `INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
     VALUES (0, 'Default', ?, 'active', ?, ?)`,
    appendToUri(settings.artifactRoot, DEFAULT_EXPERIMENT_ID),
    now,
    now,
  );
}

/**
 * Turns on the write-ahead log, which lets others read while one writes; not where the file may be on another
 * machine, as that needs shared memory. A database that somebody uses already stays as it is.
 */
export function useWal(database: Database, path: string): void {
  try {
    if (!isRemoteFolder(dirname(path))) {
      database.get('PRAGMA journal_mode = WAL');
    }
  } catch (error) {
    if (!isBusy(error)) {
      throw error;
    }
  }
}
