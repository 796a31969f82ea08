import type { StoreChange } from '../../core/domain/changes.js';
import type { BackupState, StoreInfo } from '../../core/stores/storeInfo.js';
import { BackupKeeper } from './backup/backupKeeper.js';
import { withBackup } from './backup/withBackup.js';
import { ChangeEmitter } from './changeEmitter.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { OpenStore } from './openedStore.js';
import { createRegroup } from './regroup.js';
import { type OpenedStore, StoreConnection } from './storeConnection.js';
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
  let backup: BackupState | undefined;
  const backups = new BackupKeeper(options, (state) => (backup = state));
  const onOpened = (opened: OpenedStore): void => {
    info = opened.info;
    backups.note(opened.info, opened.context.database);
  };
  const onReplaced = (): void => group.regroup();
  const writing = new StoreConnection(options, 'writer', onOpened, onReplaced);
  const reading = new StoreConnection(options, 'reader', onOpened, onReplaced);
  const tell = (change: StoreChange): void => changes.fire(change);
  const watcher: StoreWatcher = new StoreWatcher(writing, () => writer.isBusy, tell);
  const writer = new StoreWriter(writing, options, { onCommit: tell, observer: watcher, backups });
  const reader = new StoreReader(reading, options);
  const group = createRegroup(reader, writer);
  const changes = new ChangeEmitter((wanted) => watcher.watch(wanted));
  return {
    store: createStoreProxy(
      (call) => reader.read(call),
      (call) => writer.write(call),
    ),
    file: {
      wantBackups: (wanted) => backups.want(wanted),
      backUp: () => backups.make(),
      endBackup: () => void backups.abort(),
      standAside: () => group.standAside(),
    },
    info: () => withBackup(info, backup),
    onDidChange: changes.event,
    close: async () => {
      changes.dispose();
      await backups.close();
      await writer.settle();
      watcher.close();
      reading.close();
      writing.close();
    },
  };
}
