import { LIMITS } from '../../core/base/limits.js';
import type { Run } from '../../core/domain/run.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';

/** More than this many are not looked after; those that were started last are. */
const RUNS_MAX = 5_000;

/** A run whose status is RUNNING. */
export interface RunningRun {
  readonly runId: string;
  readonly experimentId: string;
  /** The newest of its start and its metrics' times; times to come are nobody's. */
  readonly lastLogged: number | undefined;
  /** Another one after anything was logged. */
  readonly signature: string;
}

/** Reads the runs of a store that are RUNNING and not deleted. */
export async function readRunningRuns(store: TrackingStore, now: number): Promise<readonly RunningRun[]> {
  const experimentIds = await activeExperiments(store);
  if (experimentIds.length === 0) {
    return [];
  }
  const { items } = await store.searchRuns({
    experimentIds,
    filter: "attributes.status = 'RUNNING'",
    viewType: 'ACTIVE_ONLY',
    maxResults: RUNS_MAX,
    orderBy: [],
  });
  return items.map((run) => toRunningRun(run, now));
}

async function activeExperiments(store: TrackingStore): Promise<string[]> {
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await store.searchExperiments({
      viewType: 'ACTIVE_ONLY',
      maxResults: LIMITS.searchExperimentsMax,
      orderBy: [],
      ...(pageToken !== undefined && { pageToken }),
    });
    ids.push(...page.items.map(({ experimentId }) => experimentId));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return ids;
}

function toRunningRun({ info, metrics, params, tags }: Run, now: number): RunningRun {
  const times = metrics.map(({ timestamp }) => Number(timestamp)).filter((time) => time <= now);
  const known = info.startTime === undefined || info.startTime > now ? times : [info.startTime, ...times];
  const latest = metrics.reduce((sum, { step, timestamp }) => sum + Number(step) + Number(timestamp), 0);
  return {
    runId: info.runId,
    experimentId: info.experimentId,
    lastLogged: known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b)),
    signature: [metrics.length, latest, params.length, tags.length].join(),
  };
}
