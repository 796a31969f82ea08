/**
 * What a commit to a store changed. An empty list means "nothing of that kind"; `everything` means that
 * the writer is unknown (another process), so anything may have changed.
 */
export interface StoreChange {
  readonly experimentIds: readonly string[];
  /** Runs whose attributes, parameters, metrics, tags or inputs changed, with their experiment. */
  readonly runs: readonly { readonly runId: string; readonly experimentId: string }[];
  /** Names of registered models that changed, were made, renamed or deleted, or a version of which did. */
  readonly registeredModels: readonly string[];
  readonly everything: boolean;
  /** Whether other runs are running, or it became known of some that their processes have ended or live. */
  readonly liveness?: true;
}

/** A change that says nothing. */
export const NO_CHANGE: StoreChange = {
  experimentIds: [],
  runs: [],
  registeredModels: [],
  everything: false,
};

/** A change of which nobody knows what it was. */
export const ANY_CHANGE: StoreChange = { ...NO_CHANGE, everything: true };
