import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownProcess, KnownProcesses } from './knownProcesses.js';
import type { ProcessTable } from './processTable.js';
import type { RunningRun } from './runningRuns.js';
import type { RunWriters } from './runWriters.js';

const SETTLE_MS = 200;
/** A pass over all open files is not made more often than that for runs whose processes are known already. */
const BETWEEN_PASSES_MS = 30_000;

export interface DirectWritersOptions {
  readonly writers: RunWriters;
  readonly processes: KnownProcesses;
  readonly table: ProcessTable;
  readonly storePath: string;
}

/**
 * Finds out who writes to runs straight in the database. A run that has changed without a request was written to by
 * a process that had the file open then: any of those is taken for one of its processes.
 */
export class DirectWriters {
  private signatures: ReadonlyMap<string, string> | undefined;
  private lastReading = 0;
  private lastPass = 0;

  constructor(private readonly options: DirectWritersOptions) {}

  /**
   * Compares the running runs with those of the last time.
   * @param readAt before they were read
   * @param isFresh whether what has changed has changed just now
   */
  async attribute(running: readonly RunningRun[], readAt: number, isFresh: boolean): Promise<void> {
    const { signatures: before, lastReading } = this;
    this.signatures = new Map(running.map(({ runId, signature }) => [runId, signature]));
    this.lastReading = readAt;
    if (before === undefined || !isFresh) {
      // Whoever wrote it may have ended since: those who have the file open now tell nothing of it.
      return;
    }
    const isDirect = ({ runId, signature }: RunningRun): boolean =>
      before.get(runId) !== signature && this.isDirect(runId, lastReading);
    const seeming = running.filter(isDirect);
    if (seeming.length > 0) {
      // The answer to a request may be a moment behind what it has written.
      await sleep(SETTLE_MS);
    }
    const changed = seeming.filter(isDirect);
    const strangers = changed.filter(({ runId }) => !this.options.writers.hasSuspect(runId, readAt));
    const isPassDue = strangers.length > 0 || readAt - this.lastPass >= BETWEEN_PASSES_MS;
    const holders = changed.length > 0 && isPassDue ? await this.holders(readAt) : undefined;
    for (const { runId } of changed) {
      const needsHolders = strangers.some((stranger) => stranger.runId === runId);
      this.options.writers.wroteDirectly(runId, needsHolders ? holders : (holders ?? []), readAt);
    }
  }

  /** Whether no request has written to the run since the last reading. */
  private isDirect(runId: string, lastReading: number): boolean {
    return (this.options.writers.lastWriteOf(runId) ?? 0) <= lastReading;
  }

  private async holders(readAt: number): Promise<readonly KnownProcess[] | undefined> {
    const { table, storePath, processes } = this.options;
    this.lastPass = readAt;
    const found = await table.holdersOf(storePath).catch(() => undefined);
    return found?.map((id) => processes.get(id, Date.now()));
  }
}
