import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Disposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import type { StoreChange } from '../../core/domain/changes.js';
import type { RunLiveness } from '../../core/domain/runLiveness.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import { DirectWriters } from './directWriters.js';
import { KnownProcesses } from './knownProcesses.js';
import type { ProcessTable } from './processTable.js';
import { type RunningRun, readRunningRuns } from './runningRuns.js';
import { RunWriters } from './runWriters.js';
import { WriterConnections } from './writerConnections.js';

/** The running runs are read again at most this often, and less often where reading them takes long. */
const BETWEEN_READS_MS = 2_000;
const LONGEST_BETWEEN_READS_MS = 5_000;
const SHARE_OF_TIME = 20;
/** Changes of this time are looked at together. */
const GATHER_MS = 500;
/** A change that is older than that may be of a process that has ended since. */
const FRESH_MS = 10_000;
/** How often it is looked whether known processes still live, while somebody listens. */
const LOOK_EVERY_MS = 2_000;

export interface LivenessOptions {
  readonly store: TrackingStore;
  readonly storePath: string;
  readonly table: ProcessTable;
  /** How long after the end of its process a run may still be ended by whoever started it. */
  readonly graceMs: number;
  readonly keptConnections: number;
  readonly logger: Logger;
  /** Whether anybody wants to be told. */
  readonly hasListeners: () => boolean;
  /** Called when other runs are running or their processes have changed. */
  readonly onDidChange: () => void;
}

/**
 * Knows which runs are RUNNING and whether anybody is still behind them. It changes nothing. While nobody listens it
 * only notes what comes by; it reads and looks when it is asked.
 */
export class LivenessTracker implements Disposable {
  private readonly writers: RunWriters;
  private readonly processes: KnownProcesses;
  private readonly connections: WriterConnections;
  private readonly direct: DirectWriters;
  private running: readonly RunningRun[] = [];
  /** What was told last; nothing before anybody asked. */
  private told: string | undefined;
  /** Since when something may have changed that was not read yet. */
  private outdatedSince: number | undefined = 0;
  private reading: Promise<void> | undefined;
  private readNotBefore = 0;
  private readTimer: NodeJS.Timeout | undefined;
  private lookTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LivenessOptions) {
    const { table, storePath, keptConnections: keptMax } = options;
    this.writers = new RunWriters(options.graceMs);
    this.processes = new KnownProcesses(table);
    const { writers, processes } = this;
    const onDidChange = (): void => this.lookSoon(options.graceMs);
    this.connections = new WriterConnections({ writers, processes, table, keptMax, onDidChange });
    this.direct = new DirectWriters({ writers, processes, table, storePath });
  }

  /** Notes that a request has written to a run. */
  wrote(runId: string, request: IncomingMessage): void {
    this.connections.wrote(runId, request);
  }

  /** Notes that a run has ended. */
  ended(runId: string): void {
    this.writers.forget(runId);
  }

  /** Whether a silent connection stays open for what its end tells. */
  keeps(socket: Socket): boolean {
    return this.connections.keeps(socket);
  }

  /** Whether a client has a connection open over which it wrote to a run that is not ended. */
  get hasClients(): boolean {
    return this.connections.areNeeded;
  }

  /** Takes in what changed in the store. */
  storeChanged(change: StoreChange): void {
    if (change.everything || change.runs.length > 0) {
      this.outdatedSince ??= Date.now();
      this.readSoon();
    }
  }

  /** What is known at the moment of every run that is RUNNING. */
  async facts(): Promise<readonly RunLiveness[]> {
    await this.reading;
    if (this.outdatedSince !== undefined) {
      await this.read();
    }
    await this.checkProcesses();
    // Whoever asks is not the only one who listens.
    this.tellChanges();
    this.lookSoon(LOOK_EVERY_MS);
    return this.factsAt(Date.now());
  }

  private factsAt(now: number): RunLiveness[] {
    return this.running.map(({ runId, experimentId, lastLogged }) => {
      const lastActivity = Math.max(lastLogged ?? 0, this.writers.lastWriteOf(runId) ?? 0);
      const process = this.writers.processOf(runId, now);
      return { runId, experimentId, process, ...(lastActivity > 0 && { lastActivity }) };
    });
  }

  private readSoon(): void {
    if (this.readTimer === undefined && this.options.hasListeners()) {
      const wait = Math.max(GATHER_MS, this.readNotBefore - Date.now());
      this.readTimer = setTimeout(() => {
        this.readTimer = undefined;
        void this.readAndTell();
      }, wait).unref();
    }
  }

  private async readAndTell(): Promise<void> {
    try {
      await this.read();
      this.tellChanges();
      this.lookSoon(LOOK_EVERY_MS);
    } catch (error) {
      this.options.logger.debug(`Reading the running runs: ${messageOf(error)}`);
    }
  }

  /** Reads which runs are running; calls that come meanwhile wait for the same reading. */
  private read(): Promise<void> {
    this.reading ??= this.readNow().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readNow(): Promise<void> {
    const start = Date.now();
    const { outdatedSince = start } = this;
    this.outdatedSince = undefined;
    try {
      this.running = await readRunningRuns(this.options.store, start);
    } catch (error) {
      this.outdatedSince = outdatedSince;
      throw error;
    }
    const pause = Math.min((Date.now() - start) * SHARE_OF_TIME, LONGEST_BETWEEN_READS_MS);
    this.readNotBefore = start + Math.max(BETWEEN_READS_MS, pause);
    this.writers.retain(new Set(this.running.map(({ runId }) => runId)), start);
    await this.direct.attribute(this.running, start, start - outdatedSince < FRESH_MS);
  }

  /** Looks at the processes after a while, and again while somebody listens and there is anything to see. */
  private lookSoon(wait: number): void {
    this.lookTimer ??= setTimeout(() => {
      this.lookTimer = undefined;
      void this.look();
    }, wait).unref();
  }

  private async look(): Promise<void> {
    if (!this.options.hasListeners()) {
      return;
    }
    await this.checkProcesses();
    this.tellChanges();
    const mayChange = this.factsAt(Date.now()).some(({ process }) => process.kind === 'alive');
    if (mayChange) {
      this.lookSoon(Math.min(LOOK_EVERY_MS, this.options.graceMs));
    }
  }

  private async checkProcesses(): Promise<void> {
    await this.processes.check(this.writers.processes(), Date.now);
  }

  private tellChanges(): void {
    const now = signatureOf(this.factsAt(Date.now()));
    const isNews = this.told !== undefined && this.told !== now;
    this.told = now;
    if (isNews) {
      this.options.onDidChange();
    }
  }

  dispose(): void {
    clearTimeout(this.readTimer);
    clearTimeout(this.lookTimer);
    this.connections.dispose();
  }
}

/** Another one when other runs are running or their processes have changed. */
function signatureOf(facts: readonly RunLiveness[]): string {
  return facts.map(({ runId, process }) => `${runId} ${process.kind}`).join();
}
