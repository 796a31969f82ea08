import { Worker } from 'node:worker_threads';
import { MlflowError } from '../../core/base/errors.js';
import type { Backup, StoreInfo } from '../../core/stores/storeInfo.js';
import type { Call } from './calls.js';
import { packCall } from './packedCalls.js';
import type { Member } from './regroup.js';
import { type FromWorker, fromWireError, type ToWorker, type WorkerSetup } from './workerMessages.js';

/** What a worker says of itself. */
export type WorkerNews = Extract<FromWorker, { kind: 'change' | 'info' | 'backup' | 'replaced' }>;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The HTTP thread's end of one worker. */
export class WorkerClient implements Member {
  private readonly pending = new Map<number, Pending>();
  private readonly worker: Worker;
  private readonly started: Promise<StoreInfo>;
  private readonly exited: Promise<void>;
  private announceStart: Pending | undefined;
  private nextId = 0;
  private failure: MlflowError | undefined;

  /**
   * @param code the bundled program of the worker
   * @param onEnd called once when the worker ends without having been asked to
   */
  constructor(
    code: string,
    setup: WorkerSetup,
    private readonly onNews: (news: WorkerNews) => void,
    private readonly onEnd: (reason: MlflowError) => void,
  ) {
    this.worker = new Worker(code, { eval: true, workerData: setup });
    this.started = new Promise((resolve, reject) => {
      this.announceStart = { resolve: (info) => resolve(info as StoreInfo), reject };
    });
    this.exited = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.on('message', (message: FromWorker) => this.receive(message));
    this.worker.on('error', (error) => this.end(`The store's ${setup.role} failed: ${error.message}`));
    this.worker.on('exit', () => this.end(`The store's ${setup.role} ended.`));
  }

  /** What the store is; fails where the file is not MLflow's. */
  ready(): Promise<StoreInfo> {
    return this.started;
  }

  /** @throws MlflowError */
  call(call: Call): Promise<unknown> {
    return this.ask((id) => ({ kind: 'call', id, call: packCall(call) }));
  }

  async leave(): Promise<void> {
    await this.ask((id) => ({ kind: 'leave', id }));
  }

  goOn(): void {
    this.send({ kind: 'goOn' });
  }

  watch(wanted: boolean): void {
    this.send({ kind: 'watch', wanted });
  }

  wantBackups(wanted: boolean): void {
    this.send({ kind: 'wantBackups', wanted });
  }

  /** @throws MlflowError */
  async backUp(): Promise<Backup> {
    return (await this.ask((id) => ({ kind: 'backUp', id }))) as Backup;
  }

  endBackup(): void {
    this.send({ kind: 'endBackup' });
  }

  /** Lets the worker finish and waits for its end. */
  async close(): Promise<void> {
    if (this.failure === undefined) {
      this.failure = new MlflowError('INVALID_STATE', 'The store was closed.');
      this.send({ kind: 'close' });
    }
    await this.exited;
  }

  private ask(message: (id: number) => ToWorker): Promise<unknown> {
    if (this.failure !== undefined) {
      return Promise.reject(this.failure);
    }
    this.nextId += 1;
    const id = this.nextId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send(message(id));
    });
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.announceStart?.resolve(message.info);
        break;
      case 'failed':
        this.failure = fromWireError(message.error);
        this.announceStart?.reject(this.failure);
        break;
      case 'result':
        this.take(message.id)?.resolve(message.value);
        break;
      case 'error':
        this.take(message.id)?.reject(fromWireError(message.error));
        break;
      case 'change':
      case 'info':
      case 'backup':
      case 'replaced':
        this.onNews(message);
        break;
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private end(message: string): void {
    const reason = new MlflowError(
      'INTERNAL_ERROR',
      `${message} Whether the last write was kept is not known.`,
    );
    this.announceStart?.reject(reason);
    for (const { reject } of this.pending.values()) {
      reject(reason);
    }
    this.pending.clear();
    if (this.failure === undefined) {
      this.failure = reason;
      this.onEnd(reason);
    }
  }
}
