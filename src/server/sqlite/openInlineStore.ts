import type { StoreChange } from '../../core/domain/changes.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { ChangeEmitter } from './changeEmitter.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { OpenStore } from './openedStore.js';
import { createRegroup } from './regroup.js';
import { StoreConnection } from './storeConnection.js';
import type { StoreOptions } from './storeOptions.js';
import { createStoreProxy } from './storeProxy.js';
import { StoreReader } from './storeReader.js';
import { StoreWriter } from './storeWriter.js';
import { StoreWatcher } from './watching/storeWatcher.js';

/**
 * Opens a store in this thread, which stands still while SQLite works: for tests and small programs.
 * @throws MlflowError BAD_REQUEST where the file is no database of MLflow's
 */
export function openInlineStore(options: StoreOptions): OpenStore {
  let info: StoreInfo = inspectDatabase(options);
  const onInfo = (now: StoreInfo): void => {
    info = now;
  };
  const onReplaced = (): void => regroup();
  const writing = new StoreConnection(options, 'writer', onInfo, onReplaced);
  const reading = new StoreConnection(options, 'reader', onInfo, onReplaced);
  const tell = (change: StoreChange): void => changes.fire(change);
  const watcher: StoreWatcher = new StoreWatcher(writing, () => writer.isBusy, tell);
  const writer = new StoreWriter(writing, options, tell, watcher);
  const reader = new StoreReader(reading, options);
  const regroup = createRegroup(reader, writer);
  const changes = new ChangeEmitter((wanted) => watcher.watch(wanted));
  return {
    store: createStoreProxy(
      (call) => reader.read(call),
      (call) => writer.write(call),
    ),
    info: () => info,
    onDidChange: changes.event,
    close: async () => {
      changes.dispose();
      await writer.settle();
      watcher.close();
      reading.close();
      writing.close();
    },
  };
}
