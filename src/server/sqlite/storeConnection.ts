import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MlflowError } from '../../core/base/errors.js';
import { describeHolder } from '../../core/stores/serverHolder.js';
import type { ReadOnlyReason, StoreInfo } from '../../core/stores/storeInfo.js';
import { ChangeCollector } from './changeCollector.js';
import { type Access, openConnection, openInMemory } from './connections.js';
import { createTables, useWal } from './createDatabase.js';
import { bringLogIn, emptyLog, takeLogAway } from './leftLog.js';
import type { Database } from './database.js';
import { fileIdentity, fileStamp, isWritable } from './fileSystems.js';
import { Gate } from './gate.js';
import { inspectDatabase } from './inspectDatabase.js';
import { Overwriting } from './overwriting.js';
import { FileLeft } from './retry.js';
import { createSqliteStore } from './sqliteStore.js';
import { isDamage } from './sqliteErrors.js';
import type { StoreContext } from './storeContext.js';
import type { StoreOptions } from './storeOptions.js';
import { type StoreSettings, settingsOf } from './storeSettings.js';
import type { SyncStore } from './syncStore.js';
import { Tables } from './tables.js';

/** A store as one connection sees it. */
export interface OpenedStore {
  readonly info: StoreInfo;
  readonly store: SyncStore;
  readonly context: StoreContext;
  /** As SQLite names it, such as `wal` or `delete`. */
  readonly journalMode: string;
}

interface Opened extends OpenedStore {
  /** Of the file; undefined for a database in memory. */
  readonly identity: string | undefined;
  /** Of the write-ahead log beside it, where there is one. */
  readonly logIdentity: string | undefined;
  readonly schemaVersion: number;
  /** For a writer. */
  readonly overwriting: Overwriting | undefined;
  /** When the schema was seen to be current. */
  dataVersion: number;
  /** Where the file cannot be written, SQLite may not notice that others write to it after all. */
  readonly stamp: string | undefined;
}

/**
 * The one connection of a reader or a writer, which follows what happens to the file: it appears, is deleted,
 * is replaced, or another process migrates it. Whoever uses it asks for it again each time.
 */
export class StoreConnection {
  /** Shut while connections leave a file; whoever uses this one waits for it. */
  readonly gate = new Gate();
  private opened: Opened | undefined;
  /** Whether there was a database when this connection last looked. */
  private existed = false;

  /**
   * @param onOpened called with each store that is opened
   * @param onReplaced called when the file is not the one that was opened, and everybody has to leave it
   */
  constructor(
    private readonly options: StoreOptions,
    private readonly role: 'reader' | 'writer',
    private readonly onOpened: (opened: OpenedStore) => void,
    private readonly onReplaced: () => void,
  ) {}

  /**
   * The store for reading: one in memory, with MLflow's first rows, as long as there is no file.
   * @throws FileLeft where the file is to be left first
   */
  forReading(): OpenedStore {
    const identity = fileIdentity(this.options.path);
    const stamp = this.stamp();
    const { opened } = this;
    const isLeft = opened !== undefined && (this.isReplaced(opened, identity) || isOverwritten(opened));
    if (this.gate.isShut || isLeft) {
      this.askAllToLeave();
      throw new FileLeft('the file of the store is being left');
    }
    if (opened !== undefined && isSameFile(opened, identity, stamp) && this.isCurrent(opened)) {
      return opened;
    }
    this.close();
    const seen = fileStamp(this.options.path);
    const info = inspectDatabase(this.options);
    const access: Access = info.readOnlyReason === undefined ? this.role : 'fileReader';
    this.opened = info.exists
      ? this.describe(info, openConnection(info.path, access), fileIdentity(info.path), this.stamp())
      : this.describe(info, this.makeInMemory(info.revision), identity, seen);
    this.existed ||= info.exists;
    this.onOpened(this.opened);
    return this.opened;
  }

  /**
   * The store for writing, made where there is none.
   * @param onMade called with a database that was made here
   * @throws MlflowError PERMISSION_DENIED where it cannot be written; ABORTED, once, where the file is gone
   */
  forWriting(onMade: (made: OpenedStore) => void): OpenedStore {
    const after = this.forReading();
    if (after.info.readOnlyReason !== undefined) {
      throw readOnly(after.info, after.info.readOnlyReason);
    }
    if (this.existed && !after.info.exists) {
      this.existed = false;
      throw new MlflowError(
        'ABORTED',
        `The database ${this.options.path} was deleted or moved while it was in use, and what it held with it. ` +
          'The next write makes a new one.',
      );
    }
    return after.info.exists ? after : this.create(after.info, onMade);
  }

  /**
   * Whether the schema is the one that was opened. The revision is written last, when the tables of a migration are
   * made already.
   */
  isCurrent(opened: Opened = this.require()): boolean {
    const { database, tables } = opened.context;
    const dataVersion = database.dataVersion();
    if (dataVersion === opened.dataVersion) {
      return true;
    }
    const isCurrent =
      schemaVersionOf(database) === opened.schemaVersion &&
      (!opened.info.exists || writtenRevision(database, tables) === opened.info.revision);
    if (isCurrent) {
      opened.dataVersion = dataVersion;
    }
    return isCurrent;
  }

  /** We have committed. */
  noteCommit(): void {
    this.opened?.overwriting?.noteCommit();
  }

  /** Brings into the file what the log holds, as far as nobody is in the way. */
  checkpoint(): void {
    if (this.opened === undefined) {
      return;
    }
    // Not onto a file that has taken its place.
    this.forReading();
    const { context, overwriting, journalMode } = this.require();
    if (journalMode === 'wal' && bringLogIn(context.database)) {
      overwriting?.noteCheckpoint();
    }
  }

  /** Lets go of the file. The gate stays shut until all others have done so too. */
  leave(): void {
    const { path } = this.options;
    const left = this.opened;
    this.gate.shut();
    const isGone = left?.identity !== undefined && left.identity !== fileIdentity(path);
    if (isGone && this.role === 'writer' && left.logIdentity !== undefined) {
      const isEmptied = emptyLog(left.context.database);
      this.close();
      if (left.logIdentity === logIdentity(path)) {
        takeLogAway(path, isEmptied);
      }
    }
    this.close();
  }

  /** Whether the file or its log is not the one that was opened. A log can be missed only where there was one. */
  private isReplaced(opened: Opened, identity: string | undefined): boolean {
    return (
      opened.identity !== undefined &&
      (opened.identity !== identity ||
        (opened.logIdentity !== undefined && opened.logIdentity !== logIdentity(this.options.path)))
    );
  }

  /**
   * Hears of an error. Where the file is damaged everybody opens it anew: a connection that remembers pages from
   * before would go on writing to what nobody can open later.
   */
  noteError(error: unknown): void {
    if (isDamage(error)) {
      this.askAllToLeave();
    }
  }

  private askAllToLeave(): void {
    if (!this.gate.isShut) {
      this.gate.shut();
      this.onReplaced();
    }
  }

  close(): void {
    const closing = this.opened;
    this.opened = undefined;
    closing?.context.database.close();
  }

  private create({ path, revision }: StoreInfo, onMade: (made: OpenedStore) => void): OpenedStore {
    this.close();
    mkdirSync(dirname(path), { recursive: true });
    const database = openConnection(path, 'writer');
    let isOurs = false;
    try {
      isOurs = createTables(database, revision, this.settings());
      useWal(database, path);
    } finally {
      database.close();
    }
    const made = this.forWriting(onMade);
    if (isOurs) {
      onMade(made);
    }
    return made;
  }

  private makeInMemory(revision: string): Database {
    const database = openInMemory();
    createTables(database, revision, this.settings());
    return database;
  }

  /** A file that holds no database yet is one as soon as somebody has written it, or a copy over it. */
  private stamp(): string | undefined {
    const isEmpty = this.opened?.info.exists === false;
    return isEmpty || !isWritable(this.options.path) ? fileStamp(this.options.path) : undefined;
  }

  private describe(
    info: StoreInfo,
    database: Database,
    identity: string | undefined,
    stamp: string | undefined,
  ): Opened {
    // Before anything is read: what is committed meanwhile is a change.
    const dataVersion = database.dataVersion();
    const context: StoreContext = {
      database,
      tables: new Tables(database),
      settings: this.settings(),
      changes: new ChangeCollector(),
    };
    return {
      info,
      context,
      store: createSqliteStore(context),
      journalMode: database.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode ?? '',
      identity,
      logIdentity: identity === undefined ? undefined : logIdentity(info.path),
      schemaVersion: schemaVersionOf(database),
      overwriting: this.watchesFile(info, stamp) ? new Overwriting(info.path, database) : undefined,
      dataVersion,
      stamp,
    };
  }

  /** The reader cannot tell the writer's checkpoints from other ways to change the file, and need not. */
  private watchesFile({ exists }: StoreInfo, stamp: string | undefined): boolean {
    return this.role === 'writer' && exists && stamp === undefined;
  }

  private settings(): StoreSettings {
    return settingsOf(this.options);
  }

  private require(): Opened {
    if (this.opened === undefined) {
      throw new Error('the store is not open');
    }
    return this.opened;
  }
}

function isSameFile(opened: Opened, identity: string | undefined, stamp: string | undefined): boolean {
  return opened.identity === identity && opened.stamp === stamp;
}

function isOverwritten({ overwriting }: Opened): boolean {
  return overwriting?.isOverwritten() ?? false;
}

function logIdentity(path: string): string | undefined {
  return fileIdentity(`${path}-wal`, true);
}

function schemaVersionOf(database: Database): number {
  return database.get<{ schema_version: number }>('PRAGMA schema_version')?.schema_version ?? 0;
}

/** The revision that a database says it is at; empty where it says none. */
function writtenRevision(database: Database, tables: Tables): string {
  const row = tables.has('alembic_version')
    ? database.get<{ version_num: string }>('SELECT version_num FROM alembic_version')
    : undefined;
  return row?.version_num ?? '';
}

function readOnly(info: StoreInfo, reason: ReadOnlyReason): MlflowError {
  return new MlflowError(
    'PERMISSION_DENIED',
    `The database ${info.path} is read-only${explanationOf(reason, info)}.`,
  );
}

function explanationOf(reason: ReadOnlyReason, { revision, servedBy }: StoreInfo): string {
  switch (reason) {
    case 'unknownRevision':
      return ` here: its schema revision '${revision}' is not known to this version`;
    case 'notWritable':
      return ': the file or its folder cannot be written';
    case 'askedFor':
      return ' here: its server was started with --read-only';
    case 'servedElsewhere':
      return ` here: the tracking server of another machine writes to it${servedBy ? `, ${describeHolder(servedBy)}` : ''}`;
  }
}
