import { MlflowError } from '../base/errors.js';
import type { Run } from '../domain/run.js';
import type { Page, TrackingStore } from '../stores/trackingStore.js';
import { filtersOf, rankOf, type RunQuery } from './runQuery.js';

/** A run that was found. */
export interface FoundRun {
  readonly run: Run;
  /** Undefined where the experiment is not known by name. */
  readonly experimentName: string | undefined;
  readonly rank: number;
}

export interface FoundRuns {
  /** The best first. */
  readonly runs: readonly FoundRun[];
  /** Whether the store has more than were asked for. */
  readonly more: boolean;
}

/**
 * Finds runs in one store.
 * @param names of its experiments by their ids
 * @param maxResults of each of the searches that the query needs
 */
export async function findRuns(
  store: TrackingStore,
  names: ReadonlyMap<string, string>,
  query: RunQuery,
  maxResults: number,
): Promise<FoundRuns> {
  const pages = await pagesOf(store, names, query, maxResults);
  const runs = new Map(pages.flatMap(({ items }) => items).map((run) => [run.info.runId, run]));
  const found = [...runs.values()].flatMap((run): FoundRun[] => {
    const rank = rankOf(run, query);
    return rank === undefined ? [] : [{ run, rank, experimentName: names.get(run.info.experimentId) }];
  });
  return {
    runs: found.sort(bestFirst),
    more: pages.some(({ nextPageToken }) => nextPageToken !== undefined),
  };
}

/** The order of results: the better match, then the run that started later. */
export function bestFirst(a: FoundRun, b: FoundRun): number {
  return a.rank - b.rank || (b.run.info.startTime ?? 0) - (a.run.info.startTime ?? 0);
}

async function pagesOf(
  store: TrackingStore,
  names: ReadonlyMap<string, string>,
  query: RunQuery,
  maxResults: number,
): Promise<readonly Page<Run>[]> {
  if (query.kind === 'run') {
    return [{ items: await runIfThere(store, query.runId) }];
  }
  const experimentIds = query.kind === 'experiment' ? [query.experimentId] : [...names.keys()];
  if (experimentIds.length === 0) {
    return [];
  }
  const filters = query.kind === 'words' ? filtersOf(query) : [''];
  const search = { experimentIds, viewType: 'ACTIVE_ONLY', maxResults, orderBy: [] } as const;
  return Promise.all(filters.map((filter) => store.searchRuns({ ...search, filter })));
}

/** A run that is named exactly is found even where it was deleted. */
async function runIfThere(store: TrackingStore, runId: string): Promise<readonly Run[]> {
  try {
    return [await store.getRun(runId)];
  } catch (error) {
    if (MlflowError.is(error, 'RESOURCE_DOES_NOT_EXIST')) {
      return [];
    }
    throw error;
  }
}
