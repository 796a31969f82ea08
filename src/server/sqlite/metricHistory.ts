import { compareInt64 } from '../../core/domain/int64.js';
import type { Metric } from '../../core/domain/run.js';
import { decodePageToken, encodePageToken } from '../../core/search/pageToken.js';
import type { MetricHistoryQuery, Page } from '../../core/stores/trackingStore.js';
import { type MetricRow, toMetric } from './metricRows.js';
import type { StoreContext } from './storeContext.js';
import { readMetrics } from './metricWalk.js';
import { checkMaxResults } from './validation.js';

/** MLflow's order of a history, with what tells apart rows that are equal in it. */
const ORDER = 'timestamp, step, value, is_nan';

/**
 * Later pages walk the primary key (key, timestamp, step, run, ...) on from the last row, so that a page does
 * not sort the whole history again. The plus keeps SQLite from taking the index on the run instead.
 */
const LATER = `SELECT key, value, timestamp, step, is_nan FROM metrics
  WHERE +run_uuid = ? AND key = ? AND (${ORDER}) > (?, ?, ?, ?) ORDER BY ${ORDER} LIMIT ?`;

/** The values of a metric by time; none where the run or the metric is not there, as MLflow answers it. */
export function getMetricHistory(context: StoreContext, query: MetricHistoryQuery): Page<Metric> {
  const { runId, key, maxResults, pageToken } = query;
  if (maxResults !== undefined) {
    checkMaxResults(maxResults, Number.MAX_SAFE_INTEGER);
  }
  const scope = ['history', runId, key];
  const limit = maxResults === undefined ? Infinity : maxResults + 1;
  const found = pageToken
    ? laterPage(context, query, decodePageToken(pageToken, scope, 4), limit)
    : firstPage(context, query, limit);
  const rows = found.slice(0, maxResults);
  const last = rows.at(-1);
  if (found.length === rows.length || last === undefined) {
    return { items: rows.map(toMetric) };
  }
  const nextPageToken = encodePageToken(scope, [last.timestamp, last.step, last.value, last.is_nan]);
  return { items: rows.map(toMetric), nextPageToken };
}

/** The first rows by time. Of what comes by step no more is kept than may be among them. */
function firstPage(context: StoreContext, { runId, key }: MetricHistoryQuery, limit: number): MetricRow[] {
  const kept: MetricRow[] = [];
  for (const chunk of readMetrics(context, runId, key)) {
    chunk.forEach((row) => kept.push(row));
    if (kept.length > limit) {
      kept.sort(byTime).splice(limit);
    }
  }
  return kept.sort(byTime);
}

type Position = ReturnType<typeof decodePageToken>;

function laterPage(
  { database }: StoreContext,
  { runId, key }: MetricHistoryQuery,
  after: Position,
  limit: number,
): MetricRow[] {
  return database.all<MetricRow>(LATER, runId, key, ...after, limit === Infinity ? -1 : limit);
}

function byTime(a: MetricRow, b: MetricRow): number {
  return (
    compareInt64(a.timestamp ?? -Infinity, b.timestamp ?? -Infinity) ||
    compareInt64(a.step, b.step) ||
    compareInt64(a.value, b.value) ||
    compareInt64(a.is_nan, b.is_nan)
  );
}
