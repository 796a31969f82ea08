import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { openWorkerStore } from '../../src/server/sqlite/openStore.js';
import { buildStoreWorker } from '../support/storeWorker.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { describeTrackingStore } from './suite/index.js';

let workerCode: string;

beforeAll(async () => {
  workerCode = await buildStoreWorker();
});

describeTrackingStore('SQLite in workers', async () => {
  const folder = makeTemporaryFolder();
  const opened = await openWorkerStore({
    path: join(folder.path, 'mlflow.db'),
    workerCode,
  });
  return { store: opened.store, close: () => opened.close().finally(() => folder.remove()) };
});
