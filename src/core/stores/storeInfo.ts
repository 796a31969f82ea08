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

/**
 * Where an unknown revision stands: before the oldest known release, between two releases (a development version, or
 * an upgrade that was broken off), or after the newest known one.
 */
export type RevisionAge = 'older' | 'between' | 'newer';

/** What a schema may be too old to hold. */
export type Capability = 'traces' | 'loggedModels' | 'assessments' | 'spans' | 'evaluationDatasets';

/** A backup that was made of a database. */
export interface Backup {
  /** Its absolute path. */
  readonly path: string;
  readonly bytes: number;
}

/** How it stands with the backup of a database that was not made here. */
export type BackupState =
  /** It is made before the first write. */
  | { readonly kind: 'due'; readonly bytes: number }
  /** `fraction` of it is done, where that is known. */
  | { readonly kind: 'running'; readonly bytes: number; readonly fraction?: number }
  /** It is tried again before the next write, which is refused meanwhile. */
  | { readonly kind: 'failed'; readonly bytes: number; readonly message: string }
  | ({ readonly kind: 'made' } & Backup);

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
  /** Of an unknown revision. */
  readonly revisionAge?: RevisionAge;
  /** Whether a later revision than that of an existing database is known. */
  readonly isOutdated?: boolean;
  /** What an existing database at a known revision cannot hold; absent where that is nothing. */
  readonly lacks?: readonly Capability[];
  /** Absent when the store can be written. */
  readonly readOnlyReason?: ReadOnlyReason;
  /** The server of another machine that writes to it. */
  readonly servedBy?: ServerHolder;
  /** Absent where no backup is needed, wanted or left. */
  readonly backup?: BackupState;
}

/** The releases of MLflow that open a database at a revision. */
export interface KnownRevision {
  readonly revision: string;
  readonly releases: readonly string[];
}
