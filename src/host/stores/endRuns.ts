import { messageOf } from '../../core/base/errors.js';
import type { WorkspaceStore } from './workspaceStore.js';

/** A status that a run is ended with by hand. */
export type EndStatus = 'FAILED' | 'KILLED';

/** A run to end. */
export interface RunEnd {
  readonly store: WorkspaceStore;
  readonly runId: string;
  /** In milliseconds since the epoch. */
  readonly endTime: number;
}

/** How ending runs went. */
export interface EndedRuns {
  readonly ended: number;
  /** What went wrong, once for each run. */
  readonly failures: readonly string[];
}

const AT_ONCE = 4;

/**
 * Sets the status and the end of runs, a few at a time.
 * @param onEach called after each run; the rest is left alone once it returns false
 */
export async function endRuns(
  runs: readonly RunEnd[],
  status: EndStatus,
  onEach: () => boolean,
): Promise<EndedRuns> {
  let ended = 0;
  let goesOn = true;
  const failures: string[] = [];
  const next = runs.values();
  const work = async (): Promise<void> => {
    // Every worker takes from the same iterator.
    for (const { store, runId, endTime } of next) {
      if (!goesOn) {
        return;
      }
      try {
        await (await store.tracking()).updateRun({ runId, status, endTime });
        ended += 1;
      } catch (error) {
        failures.push(messageOf(error));
      }
      goesOn = onEach() && goesOn;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { ended, failures };
}
