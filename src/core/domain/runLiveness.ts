/** What a server knows of the processes that write to a run. */
export type RunProcess =
  /** One of them lives, or holds a connection open, however silent it is. */
  | { readonly kind: 'alive' }
  /** All that were seen have ended, the last one then (milliseconds since the epoch). */
  | { readonly kind: 'gone'; readonly endedAt: number }
  /** None was seen, or one that cannot be followed: it may live, on another machine too. */
  | { readonly kind: 'unknown' };

/** A run whose status is RUNNING, and what tells whether it still does. */
export interface RunLiveness {
  readonly runId: string;
  readonly experimentId: string;
  /** The newest sign of it in milliseconds since the epoch: its start, its last metric, the last write that was seen. */
  readonly lastActivity?: number;
  readonly process: RunProcess;
}

/** Why a run is not believed to be running any more, although its status says so. */
export interface Staleness {
  /** Its processes are known to have ended, or nothing has been heard of it for long. */
  readonly kind: 'gone' | 'silent';
  /** Since when, in milliseconds since the epoch: what is taken for its end. */
  readonly since: number;
}
