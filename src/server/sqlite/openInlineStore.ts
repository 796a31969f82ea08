import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { ChangeFeed } from './changeFeed.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { OpenStore } from './openedStore.js';
import { StoreConnection } from './storeConnection.js';
import type { StoreOptions } from './storeOptions.js';
import { createStoreProxy } from './storeProxy.js';
import { StoreReader } from './storeReader.js';
import { StoreWatcher } from './storeWatcher.js';
import { StoreWriter } from './storeWriter.js';

/**
 * Opens a store in this thread, which stands still while SQLite works: for tests and small programs.
 * @throws MlflowError BAD_REQUEST where the file is no database of MLflow's
 */
export function openInlineStore(options: StoreOptions): OpenStore {
  let info: StoreInfo = inspectDatabase(options.path, options.createRevision);
  const onInfo = (now: StoreInfo): void => {
    info = now;
  };
  const writing = new StoreConnection(options, 'writer', onInfo);
  const reading = new StoreConnection(options, 'reader', onInfo);
  const writer = new StoreWriter(writing, options, (change) => feed.fire(change));
  const reader = new StoreReader(reading, options);
  const watcher = new StoreWatcher(
    writing,
    () => writer.isBusy,
    () => feed.fire({ experimentIds: [], runs: [], everything: true }),
  );
  const feed = new ChangeFeed((wanted) => watcher.watch(wanted));
  return {
    store: createStoreProxy(
      (call) => reader.read(call),
      (call) => writer.write(call),
    ),
    info: () => info,
    onDidChange: feed.event,
    close: async () => {
      feed.dispose();
      await writer.settle();
      reading.close();
      writing.close();
    },
  };
}
