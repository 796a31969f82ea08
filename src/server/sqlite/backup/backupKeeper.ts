import { statSync } from 'node:fs';
import { MlflowError } from '../../../core/base/errors.js';
import type { Backup, BackupState, StoreInfo } from '../../../core/stores/storeInfo.js';
import type { Database } from '../database.js';
import { lockDeadline } from '../retry.js';
import { isBusy } from '../sqliteErrors.js';
import type { OpenedStore } from '../storeConnection.js';
import type { StoreOptions } from '../storeOptions.js';
import { databaseKey } from './databaseKey.js';
import { KnownDatabases } from './knownDatabases.js';
import { makeBackup, sizeOf } from './makeBackup.js';

/** Thrown by a step that would write to a database of which a backup comes first. */
export class BackupDue extends Error {}

const PAUSE_MS = 100;

/** Knows whether a backup comes before the first write to a database, and makes it. */
export class BackupKeeper {
  private readonly memory: KnownDatabases | undefined;
  private readonly covered = new WeakSet<OpenedStore>();
  private wanted: boolean;
  private running: Promise<Backup> | undefined;
  private end = new AbortController();
  private isClosed = false;
  private bytes = 0;

  /** @param onState called with what holds from now on */
  constructor(
    private readonly options: StoreOptions,
    private readonly onState: (state: BackupState | undefined) => void,
  ) {
    this.wanted = options.backup ?? false;
    this.memory = options.stateFolder === undefined ? undefined : new KnownDatabases(options.stateFolder);
    this.memory?.removeUnfinished();
  }

  /** Notes that a database has been opened, and tells how it stands with its backup. */
  note(info: StoreInfo, database: Database): void {
    if (this.running === undefined) {
      this.onState(this.stateOf(info, database));
    }
  }

  /** Remembers that a database was made here. */
  noteMade({ context, info }: OpenedStore): void {
    this.memory?.add({ key: databaseKey(context.database, info.path) });
    this.note(info, context.database);
  }

  /** Whether backups are wanted from now on. */
  want(wanted: boolean): void {
    this.wanted = wanted;
  }

  /** @throws BackupDue where a backup comes before a write to this database */
  check(opened: OpenedStore): void {
    if (this.memory === undefined || !this.wanted || this.covered.has(opened)) {
      return;
    }
    if (this.memory.find(databaseKey(opened.context.database, opened.info.path)) === undefined) {
      throw new BackupDue('a backup comes first');
    }
    this.covered.add(opened);
  }

  /** Makes a backup, or waits for the one that is being made. */
  make(): Promise<Backup> {
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  /**
   * As {@link make}, but does not wait for longer than a client that has asked for a write.
   * @throws MlflowError TEMPORARILY_UNAVAILABLE, while the backup goes on
   */
  async makeBefore(deadline: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const text = `The database ${this.options.path} is being backed up before the first write. Try again.`;
      const fail = () => reject(new MlflowError('TEMPORARILY_UNAVAILABLE', text));
      timer = setTimeout(fail, Math.max(deadline - Date.now(), 0));
    });
    try {
      await Promise.race([this.make(), late]);
    } catch (error) {
      // Broken off by us: whoever needs it asks again.
      if (!(error instanceof BackupDue)) {
        throw error;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends a backup that is being made, and waits until nothing of it is left. */
  async abort(): Promise<void> {
    this.end.abort(new BackupDue('the backup was broken off'));
    await this.running?.catch(() => undefined);
  }

  /** As {@link abort}, for good. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.abort();
  }

  private async run(): Promise<Backup> {
    const { memory } = this;
    if (memory === undefined) {
      throw new MlflowError('INVALID_STATE', 'This store remembers nothing, and so makes no backups.');
    }
    if (this.isClosed) {
      throw new MlflowError('TEMPORARILY_UNAVAILABLE', 'The tracking server is ending.');
    }
    this.end = new AbortController();
    try {
      this.onState({ kind: 'running', bytes: this.bytes });
      const backup = await this.whenFree(memory);
      this.onState({ kind: 'made', ...backup });
      return backup;
    } catch (error) {
      this.onState(
        MlflowError.is(error)
          ? { kind: 'failed', bytes: this.bytes, message: error.message }
          : { kind: 'due', bytes: this.bytes },
      );
      throw error;
    }
  }

  private async whenFree(memory: KnownDatabases): Promise<Backup> {
    const { path } = this.options;
    const { signal } = this.end;
    const onProgress = (fraction: number): void =>
      this.onState({ kind: 'running', bytes: this.bytes, fraction });
    for (const deadline = lockDeadline(this.options); ;) {
      try {
        return await makeBackup({ path, memory, signal, onProgress });
      } catch (error) {
        if (!isBusy(error) || Date.now() >= deadline) {
          throw error;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      signal.throwIfAborted();
    }
  }

  private stateOf(info: StoreInfo, database: Database): BackupState | undefined {
    if (this.memory === undefined || !info.exists || info.readOnlyReason !== undefined) {
      return undefined;
    }
    this.bytes = sizeOf(database);
    const known = this.memory.find(databaseKey(database, info.path));
    if (known === undefined) {
      return this.wanted ? { kind: 'due', bytes: this.bytes } : undefined;
    }
    const { backup } = known;
    const isThere = backup !== undefined && statSync(backup.path, { throwIfNoEntry: false }) !== undefined;
    return isThere ? { kind: 'made', ...backup } : undefined;
  }
}
