import { ANY_CHANGE, NO_CHANGE } from '../../core/domain/changes.js';
import { type Logger, SILENT_LOGGER } from '../../core/base/logger.js';
import type { BackupState, StoreInfo } from '../../core/stores/storeInfo.js';
import { withBackup } from './backup/withBackup.js';
import { ChangeEmitter } from './changeEmitter.js';
import type { OpenStore, StoreFile } from './openedStore.js';
import type { StoreOptions } from './storeOptions.js';
import { createStoreProxy } from './storeProxy.js';
import type { WorkerNews } from './workerClient.js';
import { createRegroup, type Regroup } from './regroup.js';
import { RestartingWorker } from './restartingWorker.js';

export type { OpenStore } from './openedStore.js';
export type { StoreOptions } from './storeOptions.js';

/** How to open a store whose connections live in workers. */
export interface WorkerStoreOptions extends StoreOptions {
  /**
   * The bundled program of the workers, as text: its file may be gone or another one when a worker has to be replaced,
   * since an update of the extension does not wait for its servers.
   */
  readonly workerCode: string;
  readonly logger?: Logger;
}

/**
 * Opens a store for a thread that must not wait: everything that touches the database happens in two workers.
 * @throws MlflowError BAD_REQUEST where the file is no database of MLflow's
 */
export async function openWorkerStore({
  workerCode,
  logger = SILENT_LOGGER,
  ...options
}: WorkerStoreOptions): Promise<OpenStore> {
  let info: StoreInfo | undefined;
  let backup: BackupState | undefined;
  const onNews = (news: WorkerNews): void => {
    switch (news.kind) {
      case 'info':
        info = news.info;
        break;
      case 'backup':
        logBackup(backup, news.state, logger);
        backup = news.state;
        // Whoever listens asks what the store is now.
        changes.fire(NO_CHANGE);
        break;
      case 'change':
        changes.fire(news.change);
        break;
      case 'replaced':
        group.regroup();
        break;
    }
  };
  const startRole = (role: 'writer' | 'reader'): RestartingWorker =>
    new RestartingWorker(workerCode, { role, options }, onNews, (reason, restarts) =>
      logger.error(`${reason.message} ${restarts ? 'It is started again.' : 'It is not started again.'}`),
    );
  const writer = startRole('writer');
  const reader = startRole('reader');
  const group = createRegroup(reader, writer);
  const changes = new ChangeEmitter((wanted) => writer.watch(wanted));
  const close = async (): Promise<void> => {
    changes.dispose();
    // The writer last: the last connection to close brings the log into the database.
    await reader.close();
    await writer.close();
  };
  try {
    const [described] = await Promise.all([writer.ready(), reader.ready()]);
    info ??= described;
    const store = createStoreProxy(
      (call) => reader.call(call),
      (call) => writer.call(call),
    );
    const file = fileOf(writer, group, changes);
    return {
      store,
      file,
      info: () => withBackup(info ?? described, backup),
      onDidChange: changes.event,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function fileOf(writer: RestartingWorker, group: Regroup, changes: ChangeEmitter): StoreFile {
  return {
    wantBackups: (wanted) => writer.wantBackups(wanted),
    backUp: () => writer.backUp(),
    endBackup: () => writer.endBackup(),
    standAside: async () => {
      const comeBack = await group.standAside();
      return () => {
        comeBack();
        changes.fire(ANY_CHANGE);
      };
    },
  };
}

function logBackup(before: BackupState | undefined, now: BackupState | undefined, logger: Logger): void {
  if (before?.kind !== 'running') {
    return;
  }
  if (now?.kind === 'made') {
    logger.info(`The backup ${now.path} was made (${now.bytes} bytes).`);
  } else if (now?.kind === 'failed') {
    logger.error(now.message);
  }
}
