import type { Metric } from '../../core/domain/run.js';
import { decodePageToken, encodePageToken } from '../../core/search/pageToken.js';
import type { MetricHistoryQuery, Page } from '../../core/stores/trackingStore.js';
import { type MetricRow, toMetric } from './metricRows.js';
import type { StoreContext } from './storeContext.js';
import type { Tables } from './tables.js';
import { checkMaxResults } from './validation.js';

/** MLflow's order of a history, with what tells apart rows that are equal in it. */
const ORDER = 'timestamp, step, value, is_nan';

const COLUMNS = 'key, value, timestamp, step, is_nan';

/** The first page is found by an index on the run and sorted. */
function firstPage(tables: Tables): string {
  const metrics = tables.metricsOfRun('index_metrics_run_uuid_key_step', 'index_metrics_run_uuid');
  return `SELECT ${COLUMNS} FROM ${metrics} WHERE run_uuid = ? AND key = ? ORDER BY ${ORDER} LIMIT ?`;
}

/**
 * Later pages walk the primary key (key, timestamp, step, run, ...) on from the last row, so that a page does
 * not sort the whole history again. The plus keeps SQLite from taking the index on the run instead.
 */
const LATER = `SELECT ${COLUMNS} FROM metrics
  WHERE +run_uuid = ? AND key = ? AND (${ORDER}) > (?, ?, ?, ?) ORDER BY ${ORDER} LIMIT ?`;

const NO_LIMIT = -1;

/** The values of a metric by time; none where the run or the metric is not there, as MLflow answers it. */
export function getMetricHistory(
  { database, tables }: StoreContext,
  query: MetricHistoryQuery,
): Page<Metric> {
  const { runId, key, maxResults, pageToken } = query;
  if (maxResults !== undefined) {
    checkMaxResults(maxResults, Number.MAX_SAFE_INTEGER);
  }
  const scope = ['history', runId, key];
  const limit = maxResults === undefined ? NO_LIMIT : maxResults + 1;
  const found = pageToken
    ? database.all<MetricRow>(LATER, runId, key, ...decodePageToken(pageToken, scope, 4), limit)
    : database.all<MetricRow>(firstPage(tables), runId, key, limit);
  const rows = maxResults === undefined ? found : found.slice(0, maxResults);
  const last = rows.at(-1);
  if (found.length === rows.length || last === undefined) {
    return { items: rows.map(toMetric) };
  }
  const nextPageToken = encodePageToken(scope, [last.timestamp, last.step, last.value, last.is_nan]);
  return { items: rows.map(toMetric), nextPageToken };
}
