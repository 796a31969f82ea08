import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openWorkerStore } from '../../src/server/sqlite/openStore.js';
import { type BuiltWorker, buildStoreWorker } from '../support/storeWorker.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { describeTrackingStore } from './suite/index.js';

let worker: BuiltWorker;

beforeAll(async () => {
  worker = await buildStoreWorker();
});

afterAll(() => worker.remove());

describeTrackingStore('SQLite in workers', async () => {
  const folder = makeTemporaryFolder();
  const opened = await openWorkerStore({
    path: join(folder.path, 'mlflow.db'),
    workerFile: worker.file,
  });
  return { store: opened.store, close: () => opened.close().finally(() => folder.remove()) };
});
