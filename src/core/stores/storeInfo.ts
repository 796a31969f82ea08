import type { ServerHolder } from './serverHolder.js';

/** Why a store cannot be written to. */
export type ReadOnlyReason =
  /** The database is at a schema revision that this version does not know. */
  | 'unknownRevision'
  /** The file or its folder cannot be written. */
  | 'notWritable'
  /** Its server was started so. */
  | 'askedFor'
  /** It is in a folder of several machines, and the server of another one writes to it. */
  | 'servedElsewhere';

/** What a store on this machine is. */
export interface StoreInfo {
  /** The database's absolute path. */
  readonly path: string;
  /** Whether the database is there: a new store's is made by the first write. */
  readonly exists: boolean;
  /** The Alembic revision of the schema: what it is, or what it will be made at. */
  readonly revision: string;
  /** The MLflow releases whose revision that is, oldest first; empty when it is unknown. */
  readonly releases: readonly string[];
  /** Absent when the store can be written. */
  readonly readOnlyReason?: ReadOnlyReason;
  /** The server of another machine that writes to it. */
  readonly servedBy?: ServerHolder;
}
