import type { ChangeCollector } from './changeCollector.js';
import type { Database } from './database.js';
import type { StoreSettings } from './storeSettings.js';
import type { Tables } from './tables.js';

/** Everything that the parts of the store work with. */
export interface StoreContext {
  readonly database: Database;
  readonly tables: Tables;
  readonly settings: StoreSettings;
  readonly changes: ChangeCollector;
}
