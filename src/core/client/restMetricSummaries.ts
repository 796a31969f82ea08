import { MlflowError } from '../base/errors.js';
import { LIMITS } from '../base/limits.js';
import type { MetricSummary } from '../domain/metricSummary.js';
import type { Metric } from '../domain/run.js';
import type { TrackingStore } from '../stores/trackingStore.js';
import { listIn } from '../wire/readJson.js';
import { WORKBENCH_PATHS } from '../wire/workbenchApi.js';
import { metricSummaryFromJson } from '../wire/workbenchJson.js';
import type { HttpClient } from './httpClient.js';
import { summarise } from './summarise.js';

/** How many histories are asked for at a time. */
const AT_ONCE = 4;

type Histories = Pick<TrackingStore, 'getRun' | 'getMetricHistory'>;

/** Asks this project's server, and puts the summaries together from histories where it is another's. */
export function restMetricSummaries(
  client: HttpClient,
  store: Histories,
): TrackingStore['getMetricSummaries'] {
  let isOurs = true;
  return async (runId, points) => {
    if (isOurs) {
      try {
        return await fromServer(client, runId, points);
      } catch (error) {
        if (!MlflowError.is(error, 'ENDPOINT_NOT_FOUND')) {
          throw error;
        }
        isOurs = false;
      }
    }
    return fromHistories(store, runId, points);
  };
}

async function fromServer(client: HttpClient, runId: string, points: number): Promise<MetricSummary[]> {
  const query = new URLSearchParams({ run_id: runId, points: String(points) });
  const json = await client.json({
    method: 'GET',
    path: WORKBENCH_PATHS.metricSummaries,
    query,
    reads: true,
  });
  return listIn(json, 'metrics').map(metricSummaryFromJson);
}

async function fromHistories(store: Histories, runId: string, points: number): Promise<MetricSummary[]> {
  const run = await store.getRun(runId);
  const keys = run.metrics.map(({ key }) => key).sort();
  const summaries = new Map<string, MetricSummary>();
  const next = keys.values();
  const work = async (): Promise<void> => {
    // Every worker takes from the same iterator.
    for (const key of next) {
      const summary = summarise(key, await wholeHistory(store, runId, key), points);
      if (summary !== undefined) {
        summaries.set(key, summary);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return keys.flatMap((key) => summaries.get(key) ?? []);
}

async function wholeHistory(store: Histories, runId: string, key: string): Promise<readonly Metric[]> {
  const history: Metric[] = [];
  let pageToken: string | undefined;
  do {
    const page = await store.getMetricHistory({
      runId,
      key,
      maxResults: LIMITS.historyPage,
      ...(pageToken !== undefined && { pageToken }),
    });
    history.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return history;
}
