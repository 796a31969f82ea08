import type { RunLiveness, Staleness } from '../domain/runLiveness.js';

/**
 * Whether a run that is RUNNING is stale. A run with a living process never is, however long it is silent.
 * @param staleAfter how long nothing is heard of a run before it counts as stale where nothing is known of its
 *   processes, in milliseconds; 0 for never
 */
export function stalenessOf(
  { process, lastActivity }: RunLiveness,
  now: number,
  staleAfter: number,
): Staleness | undefined {
  if (process.kind === 'gone') {
    return { kind: 'gone', since: process.endedAt };
  }
  const due = silentAt({ process, lastActivity }, staleAfter);
  return due === undefined || lastActivity === undefined || now < due
    ? undefined
    : { kind: 'silent', since: lastActivity };
}

/** When the next of these runs becomes stale by silence if nothing is heard of it; undefined for never. */
export function nextSilence(
  runs: Iterable<RunLiveness>,
  now: number,
  staleAfter: number,
): number | undefined {
  let next: number | undefined;
  for (const run of runs) {
    const due = silentAt(run, staleAfter);
    if (due !== undefined && due > now && (next === undefined || due < next)) {
      next = due;
    }
  }
  return next;
}

function silentAt(
  { process, lastActivity }: Pick<RunLiveness, 'process'> & { readonly lastActivity?: number | undefined },
  staleAfter: number,
): number | undefined {
  return process.kind !== 'unknown' || lastActivity === undefined || staleAfter <= 0
    ? undefined
    : lastActivity + staleAfter;
}
