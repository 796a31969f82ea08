import { type Call, invoke } from './calls.js';
import type { Member } from './regroup.js';
import { lockDeadline, untilFree } from './retry.js';
import { toMlflowError } from './sqliteErrors.js';
import type { OpenedStore, StoreConnection } from './storeConnection.js';
import type { StoreOptions } from './storeOptions.js';

/** Does the reads of a store. */
export class StoreReader implements Member {
  constructor(
    private readonly connection: StoreConnection,
    private readonly options: StoreOptions,
  ) {}

  /** @throws MlflowError */
  async read(call: Call): Promise<unknown> {
    try {
      const read = () => readOnce(this.connection.forReading(), call);
      return await untilFree(lockDeadline(this.options), read, this.connection.gate);
    } catch (error) {
      this.connection.noteError(error);
      throw toMlflowError(error, this.options.path);
    }
  }

  /** A read is done in one breath, so there is none to finish. */
  leave(): Promise<void> {
    this.connection.leave();
    return Promise.resolve();
  }

  goOn(): void {
    this.connection.gate.release();
    try {
      // So that everybody hears what is there now.
      this.connection.forReading();
    } catch {
      // Whoever asks for something hears of it.
    }
  }
}

/**
 * A read of several statements sees one state of the store where the log is written ahead. Without that a
 * transaction would keep others from writing, so each statement is on its own.
 */
function readOnce({ store, context: { database }, journalMode }: OpenedStore, call: Call): unknown {
  if (journalMode !== 'wal') {
    return invoke(store, call);
  }
  database.run('BEGIN');
  try {
    return invoke(store, call);
  } finally {
    database.rollBack();
  }
}
