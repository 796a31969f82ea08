import type { MlflowError } from '../../core/base/errors.js';
import type { Backup, StoreInfo } from '../../core/stores/storeInfo.js';
import type { Call } from './calls.js';
import { WorkerClient, type WorkerNews } from './workerClient.js';
import type { Member } from './regroup.js';
import type { WorkerSetup } from './workerMessages.js';

/** One role of a store, played by a worker that is replaced once should it crash. */
export class RestartingWorker implements Member {
  private client: WorkerClient;
  private restarted = false;
  private watching = false;
  private wantsBackups: boolean | undefined;

  constructor(
    private readonly code: string,
    private readonly setup: WorkerSetup,
    private readonly onNews: (news: WorkerNews) => void,
    private readonly onCrash: (reason: MlflowError, restarts: boolean) => void,
  ) {
    this.client = this.start();
  }

  ready(): Promise<StoreInfo> {
    return this.client.ready();
  }

  call(call: Call): Promise<unknown> {
    return this.client.call(call);
  }

  watch(wanted: boolean): void {
    this.watching = wanted;
    this.client.watch(wanted);
  }

  wantBackups(wanted: boolean): void {
    this.wantsBackups = wanted;
    this.client.wantBackups(wanted);
  }

  backUp(): Promise<Backup> {
    return this.client.backUp();
  }

  endBackup(): void {
    this.client.endBackup();
  }

  leave(): Promise<void> {
    return this.client.leave();
  }

  goOn(): void {
    this.client.goOn();
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private start(): WorkerClient {
    return new WorkerClient(this.code, this.setup, this.onNews, (reason) => this.replace(reason));
  }

  private replace(reason: MlflowError): void {
    const restarts = !this.restarted;
    this.onCrash(reason, restarts);
    if (restarts) {
      this.restarted = true;
      this.client = this.start();
      this.client.ready().catch(() => undefined);
      this.client.watch(this.watching);
      if (this.wantsBackups !== undefined) {
        this.client.wantBackups(this.wantsBackups);
      }
    }
  }
}
