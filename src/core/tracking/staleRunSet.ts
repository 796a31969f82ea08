import type { StoreChange } from '../domain/changes.js';
import type { RunLiveness, Staleness } from '../domain/runLiveness.js';
import { nextSilence, stalenessOf } from './staleRuns.js';

/** A run that is stale. */
export interface StaleRun extends Staleness {
  readonly runId: string;
  readonly experimentId: string;
}

/** The stale runs of a store, by what was last heard of all that are running. */
export class StaleRunSet {
  private running: readonly RunLiveness[] = [];
  private stale: ReadonlyMap<string, StaleRun> = new Map();

  get(runId: string): StaleRun | undefined {
    return this.stale.get(runId);
  }

  all(): readonly StaleRun[] {
    return [...this.stale.values()];
  }

  /**
   * Takes in what is known of the running runs and returns those that have become stale, are it no more, or are it
   * for another reason.
   */
  update(running: readonly RunLiveness[], now: number, staleAfter: number): readonly StaleRun[] {
    this.running = running;
    const before = this.stale;
    const after = new Map<string, StaleRun>();
    for (const run of running) {
      const staleness = stalenessOf(run, now, staleAfter);
      if (staleness !== undefined) {
        after.set(run.runId, { ...staleness, runId: run.runId, experimentId: run.experimentId });
      }
    }
    this.stale = after;
    const added = [...after.values()].filter((run) => !isSame(before.get(run.runId), run));
    const removed = [...before.values()].filter(({ runId }) => !after.has(runId));
    return [...added, ...removed];
  }

  /** When another run becomes stale if nothing is heard of it until then. */
  nextChange(now: number, staleAfter: number): number | undefined {
    return nextSilence(this.running, now, staleAfter);
  }

  /** Whether after this change of the store it has to be asked again. */
  isConcernedBy(change: StoreChange): boolean {
    return (
      change.liveness === true || change.everything || change.runs.some(({ runId }) => this.stale.has(runId))
    );
  }
}

function isSame(a: Staleness | undefined, b: Staleness): boolean {
  return a?.kind === b.kind && a.since === b.since;
}
