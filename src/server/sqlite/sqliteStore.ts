import { createSqliteModelRegistry } from './registry/sqliteModelRegistry.js';
import { createSqliteDatasetStore } from './sqliteDatasetStore.js';
import { createSqliteTraceStore } from './sqliteTraceStore.js';
import { createSqliteTrackingStore } from './sqliteTrackingStore.js';
import type { StoreContext } from './storeContext.js';
import type { SyncStore } from './syncStore.js';

/**
 * MLflow's store over one connection, in MLflow's own tables. It opens no transactions: who calls a method that
 * writes makes it a transaction of its own or a savepoint.
 */
export function createSqliteStore(context: StoreContext): SyncStore {
  return {
    ...createSqliteTrackingStore(context),
    ...createSqliteModelRegistry(context),
    ...createSqliteTraceStore(context),
    ...createSqliteDatasetStore(context),
  };
}
