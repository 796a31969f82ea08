import type { ServerHolder } from '../../core/stores/serverHolder.js';

/** How to open a store on this machine. Plain data: it goes to worker threads. */
export interface StoreOptions {
  /** The database's absolute path. */
  readonly path: string;
  /** Whether the database is opened for reading only, and a missing one not made. */
  readonly readOnly?: boolean;
  /** The server of another machine that writes to it: here it is opened for reading only. */
  readonly servedBy?: ServerHolder;
  /** The Alembic revision that a new database is made at; the newest known where absent. */
  readonly createRevision?: string;
  /** Where new experiments keep their artifacts; `mlruns` beside the database where absent. */
  readonly artifactRoot?: string;
  /** MLFLOW_TRUNCATE_LONG_VALUES; true where absent, as in MLflow. */
  readonly truncateLongValues?: boolean;
  /** Whether a backup is made before the first write to a database that was not made here; not where absent. */
  readonly backup?: boolean;
  /** Where it is remembered which databases were made here and backed up; not at all where absent. */
  readonly stateFolder?: string;
  /** How long a request waits for a lock of another process, in milliseconds; 20 s where absent, as in MLflow. */
  readonly lockPatience?: number;
}
