import type { StoreChange } from '../../core/domain/changes.js';

/** One change that says what two say, each thing once. */
export function mergeChanges(a: StoreChange, b: StoreChange): StoreChange {
  const runs = new Map([...a.runs, ...b.runs].map((run) => [run.runId, run]));
  return {
    experimentIds: [...new Set([...a.experimentIds, ...b.experimentIds])],
    runs: [...runs.values()],
    registeredModels: [...new Set([...a.registeredModels, ...b.registeredModels])],
    everything: a.everything || b.everything,
    ...((a.liveness ?? b.liveness) && { liveness: true }),
  };
}
