import { type Logger, SILENT_LOGGER } from '../../core/base/logger.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { ChangeEmitter } from './changeEmitter.js';
import type { OpenStore } from './openedStore.js';
import type { StoreOptions } from './storeOptions.js';
import { createStoreProxy } from './storeProxy.js';
import type { WorkerNews } from './workerClient.js';
import { createRegroup } from './regroup.js';
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
  const onNews = (news: WorkerNews): void => {
    switch (news.kind) {
      case 'info':
        info = news.info;
        break;
      case 'change':
        changes.fire(news.change);
        break;
      case 'replaced':
        regroup();
        break;
    }
  };
  const startRole = (role: 'writer' | 'reader'): RestartingWorker =>
    new RestartingWorker(workerCode, { role, options }, onNews, (reason, restarts) =>
      logger.error(`${reason.message} ${restarts ? 'It is started again.' : 'It is not started again.'}`),
    );
  const writer = startRole('writer');
  const reader = startRole('reader');
  const regroup = createRegroup(reader, writer);
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
    return { store, info: () => info ?? described, onDidChange: changes.event, close };
  } catch (error) {
    await close();
    throw error;
  }
}
