/**
 * What a commit to a store changed. An empty list means "nothing of that kind"; `everything` means that
 * the writer is unknown (another process), so anything may have changed.
 */
export interface StoreChange {
  readonly experimentIds: readonly string[];
  /** Runs whose attributes, parameters, metrics, tags or inputs changed, with their experiment. */
  readonly runs: readonly { readonly runId: string; readonly experimentId: string }[];
  readonly everything: boolean;
}

/** A change that says nothing. */
export const NO_CHANGE: StoreChange = { experimentIds: [], runs: [], everything: false };
