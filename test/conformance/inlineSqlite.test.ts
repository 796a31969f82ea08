import { join } from 'node:path';
import { openInlineStore } from '../../src/server/sqlite/openInlineStore.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { describeTrackingStore } from './suite/index.js';

describeTrackingStore('SQLite in one thread', () => {
  const folder = makeTemporaryFolder();
  const opened = openInlineStore({ path: join(folder.path, 'mlflow.db') });
  return Promise.resolve({ store: opened.store, close: () => opened.close().finally(() => folder.remove()) });
});
