import { invalidParameter } from '../../core/base/errors.js';
import { LIMITS } from '../../core/base/limits.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import { AJAX_PREFIX, ENDPOINTS } from '../../core/wire/endpoints.js';
import { metricToJson, runMetricToJson } from '../../core/wire/metricJson.js';
import {
  MAX_INTERVAL_RESULTS,
  METRIC_HISTORY,
  METRIC_HISTORY_INTERVAL,
} from '../../core/wire/requests/history.js';
import { call, type Route, type RouteRequest } from './route.js';
import { runIdOf } from './runCall.js';

export const HISTORY_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.metricHistory, METRIC_HISTORY, async (message, { store }) => {
    const { metric_key: key = '', max_results: maxResults, page_token: pageToken } = message;
    if (maxResults !== undefined && maxResults <= 0) {
      throw invalidParameter(
        `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const page = await store.getMetricHistory({
      runId: runIdOf(message),
      key,
      ...(maxResults !== undefined && { maxResults }),
      ...(pageToken && { pageToken }),
    });
    return {
      ...(page.items.length > 0 && { metrics: page.items.map(metricToJson) }),
      ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
    };
  }),
  ...call(ENDPOINTS.metricHistoryBulkInterval, METRIC_HISTORY_INTERVAL, async (message, { store }) => {
    const { run_ids: runIds, metric_key: key = '', start_step: start, end_step: end } = message;
    checkInterval(start, end);
    const metrics = await store.getMetricHistoryBulkInterval({
      runIds,
      key,
      maxResults: message.max_results ?? MAX_INTERVAL_RESULTS,
      ...(start !== undefined && { startStep: start }),
      ...(end !== undefined && { endStep: end }),
    });
    return metrics.length > 0 ? { metrics: metrics.map(runMetricToJson) } : {};
  }),
  {
    // MLflow has this one for its own pages only.
    method: 'GET',
    path: AJAX_PREFIX + ENDPOINTS.metricHistoryBulk.path,
    handle: (request, { store }) => bulkHistory(request, store),
  },
];

function checkInterval(start: number | undefined, end: number | undefined): void {
  if ((start === undefined) !== (end === undefined)) {
    throw invalidParameter('If either start step or end step are specified, both must be specified.');
  }
  if (start !== undefined && end !== undefined && start > end) {
    throw invalidParameter(
      `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
    );
  }
}

async function bulkHistory({ query }: RouteRequest, store: TrackingStore): Promise<unknown> {
  const runIds = query.getAll('run_id');
  const key = query.get('metric_key');
  if (runIds.length === 0) {
    throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
  }
  if (runIds.length > LIMITS.bulkHistoryRuns) {
    throw invalidParameter(
      `GetMetricHistoryBulk request cannot specify more than ${LIMITS.bulkHistoryRuns} run_ids. ` +
        `Received ${runIds.length} run_ids.`,
    );
  }
  if (key === null) {
    throw invalidParameter('GetMetricHistoryBulk request must specify a metric_key.');
  }
  const asked = Number.parseInt(query.get('max_results') ?? '', 10);
  const most = Math.min(Number.isNaN(asked) ? Infinity : Math.max(asked, 0), LIMITS.bulkHistoryResults);
  const metrics: unknown[] = [];
  for (const runId of [...runIds].sort()) {
    if (metrics.length < most) {
      const { items } = await store.getMetricHistory({ runId, key, maxResults: most - metrics.length });
      metrics.push(...items.map((metric) => runMetricToJson({ ...metric, runId })));
    }
  }
  return { metrics };
}
