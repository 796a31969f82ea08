import type { StoreChange } from '../../core/domain/changes.js';
import { BackupDue, type BackupKeeper } from './backup/backupKeeper.js';
import { type Call, invoke } from './calls.js';
import type { Member } from './regroup.js';
import { lockDeadline, untilFree } from './retry.js';
import { endsTransaction, toMlflowError } from './sqliteErrors.js';
import type { OpenedStore, StoreConnection } from './storeConnection.js';
import type { StoreOptions } from './storeOptions.js';

/** After so long, in milliseconds, a transaction takes no more requests: those in it want their answers. */
const TRANSACTION_TIME = 50;

interface Request {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Who sees a transaction from within: others can commit nothing meanwhile. */
export interface TransactionObserver {
  /** Nothing has been written yet. */
  transactionBegun(opened: OpenedStore): void;
  /** All has been written. */
  transactionEnds(opened: OpenedStore): void;
  /** Nothing more is waiting to be written. */
  writesDone(): void;
}

/** Who has to do with writes beside those who ask for them. */
export interface WriterOthers {
  readonly onCommit: (change: StoreChange) => void;
  readonly observer: TransactionObserver;
  readonly backups: BackupKeeper;
}

/**
 * Does the writes of a store, in the order in which they come. Writes that wait together become one
 * transaction, each in a savepoint, so that they share one wait for the disk and a bad one spoils no other.
 * A write is answered when it is on disk.
 */
export class StoreWriter implements Member {
  private readonly waiting: Request[] = [];
  private draining: Promise<void> | undefined;
  /** Of the transaction that is open. */
  private committing: Promise<void> | undefined;

  constructor(
    private readonly connection: StoreConnection,
    private readonly options: StoreOptions,
    private readonly others: WriterOthers,
  ) {}

  /** @throws MlflowError */
  write(call: Call): Promise<unknown> {
    const result = new Promise<unknown>((resolve, reject) => this.waiting.push({ call, resolve, reject }));
    this.draining ??= this.drain();
    return result;
  }

  /** Whether a write is being done or waits, so that the connection may be in a transaction. */
  get isBusy(): boolean {
    return this.draining !== undefined;
  }

  /** Waits for the writes that were asked for. */
  async settle(): Promise<void> {
    await this.draining;
  }

  async leave(): Promise<void> {
    this.connection.gate.shut();
    await this.others.backups.abort();
    // Whoever waits for its answer hears of a commit that fails.
    await this.committing?.catch(() => undefined);
    this.connection.leave();
  }

  goOn(): void {
    this.connection.gate.release();
  }

  private async drain(): Promise<void> {
    // What arrives in the same turn of the event loop joins the first transaction.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      await this.commitTogether();
    }
    // In the same breath as the last look at what waits: a write that comes now starts anew.
    this.draining = undefined;
    this.others.observer.writesDone();
  }

  private async commitTogether(): Promise<void> {
    const deadline = lockDeadline(this.options);
    let requests = this.waiting.splice(0);
    try {
      const begin = () => this.begin(requests, deadline);
      const { opened, outcomes, committed } = await this.afterBackup(deadline, begin);
      this.waiting.unshift(...requests.slice(outcomes.length));
      requests = requests.slice(0, outcomes.length);
      await committed;
      this.answer(requests, outcomes);
      const change = opened.context.changes.take();
      if (change !== undefined) {
        this.others.onCommit(change);
      }
    } catch (error) {
      this.connection.noteError(error);
      const failure = toMlflowError(error, this.options.path);
      requests.forEach(({ reject }) => reject(failure));
    }
  }

  /** Does `begin` until nobody is in its way, after the backup that may have to come first. */
  private async afterBackup<T>(deadline: number, begin: () => T): Promise<T> {
    for (;;) {
      try {
        return await untilFree(deadline, begin, this.connection.gate);
      } catch (error) {
        if (!(error instanceof BackupDue)) {
          throw error;
        }
      }
      await this.others.backups.makeBefore(deadline);
    }
  }

  /** Does a transaction up to its commit, which may have to wait. */
  private begin(requests: readonly Request[], deadline: number) {
    const { opened, outcomes } = this.execute(requests);
    const committed = this.commit(opened, deadline).finally(() => {
      this.committing = undefined;
    });
    this.committing = committed;
    return { opened, outcomes, committed };
  }

  /** Begins a transaction and does as many of the requests in it as fit. */
  private execute(requests: readonly Request[]): {
    readonly opened: OpenedStore;
    readonly outcomes: Outcome[];
  } {
    const opened = this.connection.forWriting((made) => this.others.backups.noteMade(made));
    this.others.backups.check(opened);
    const { database } = opened.context;
    database.run('BEGIN IMMEDIATE');
    try {
      if (!this.connection.isCurrent()) {
        database.run('ROLLBACK');
        return this.execute(requests);
      }
      this.others.observer.transactionBegun(opened);
      const stopAt = Date.now() + TRANSACTION_TIME;
      const outcomes: Outcome[] = [];
      for (const { call } of requests) {
        outcomes.push(attempt(opened, call));
        if (Date.now() >= stopAt) {
          break;
        }
      }
      this.others.observer.transactionEnds(opened);
      return { opened, outcomes };
    } catch (error) {
      this.abandon(opened);
      throw error;
    }
  }

  private async commit(opened: OpenedStore, deadline: number): Promise<void> {
    try {
      await untilFree(deadline, () => opened.context.database.run('COMMIT'));
      this.connection.noteCommit();
    } catch (error) {
      this.abandon(opened);
      throw error;
    }
  }

  private abandon({ context }: OpenedStore): void {
    context.database.rollBack();
    context.changes.take();
  }

  private answer(requests: readonly Request[], outcomes: readonly Outcome[]): void {
    requests.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined && 'value' in outcome) {
        resolve(outcome.value);
      } else {
        reject(toMlflowError(outcome?.error, this.options.path));
      }
    });
  }
}

/** @throws where the whole transaction cannot go on */
function attempt({ store, context }: OpenedStore, call: Call): Outcome {
  const { database } = context;
  database.run('SAVEPOINT request');
  try {
    const value = invoke(store, call);
    database.run('RELEASE request');
    return { value };
  } catch (error) {
    if (endsTransaction(error)) {
      throw error;
    }
    database.run('ROLLBACK TO request');
    database.run('RELEASE request');
    return { error };
  }
}
