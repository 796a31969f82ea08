import { type Call, invoke } from './calls.js';
import { LOCK_PATIENCE, untilFree } from './retry.js';
import { toMlflowError } from './sqliteErrors.js';
import type { OpenedStore, StoreConnection } from './storeConnection.js';
import { rollBack } from './storeWriter.js';

/** Does the reads of a store. */
export class StoreReader {
  constructor(
    private readonly connection: StoreConnection,
    private readonly path: string,
  ) {}

  /** @throws MlflowError */
  async read(call: Call): Promise<unknown> {
    try {
      return await untilFree(Date.now() + LOCK_PATIENCE, () => readOnce(this.connection.forReading(), call));
    } catch (error) {
      throw toMlflowError(error, this.path);
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
    rollBack(database);
  }
}
