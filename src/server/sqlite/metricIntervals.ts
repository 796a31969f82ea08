import { compareInt64, type Int64 } from '../../core/domain/int64.js';
import type { RunMetric } from '../../core/domain/run.js';
import type { MetricIntervalQuery } from '../../core/stores/trackingStore.js';
import { type MetricRow, toMetric } from './metricRows.js';
import { readMetrics } from './metricWalk.js';
import type { StoreContext } from './storeContext.js';

const INDEX = 'index_metrics_run_uuid_key_step';
const COLUMNS = 'key, value, timestamp, step, is_nan';

/**
 * Of each run at most so many values of a metric, evenly spread by their order in (step, timestamp, value), with
 * the first and the last among them. MLflow answers `get-history-bulk-interval` in this way (SQL's NTILE): buckets
 * of equal size, the larger ones first, and of each its first value.
 */
export function getMetricHistoryBulkInterval(context: StoreContext, query: MetricIntervalQuery): RunMetric[] {
  return query.runIds.flatMap((runId) =>
    sampledRows(context, runId, query).map((row) => ({ ...toMetric(row), runId })),
  );
}

function sampledRows(context: StoreContext, runId: string, query: MetricIntervalQuery): MetricRow[] {
  const ids = idsByStep(context, runId, query);
  if (ids === undefined || ids.length <= query.maxResults) {
    const rows = wholeInterval(context, runId, query);
    return sampleIndexes(rows.length, query.maxResults)
      .map((index) => rows[index])
      .filter((row) => row !== undefined);
  }
  const sql = `SELECT ${COLUMNS} FROM metrics WHERE rowid = ?`;
  return sampleIndexes(ids.length, query.maxResults)
    .map((index) => context.database.get<MetricRow>(sql, Number(ids[index])))
    .filter((row) => row !== undefined);
}

/**
 * The rows of an interval by step, read from the index alone, which is many times faster than reading the rows.
 * Undefined where steps repeat, so that time and value decide too, or where an old schema has no such index.
 */
function idsByStep(
  { database, tables }: StoreContext,
  runId: string,
  { key, startStep, endStep }: MetricIntervalQuery,
): Int64[] | undefined {
  if (!tables.hasIndex(INDEX)) {
    return undefined;
  }
  const sql = `SELECT rowid, step FROM metrics INDEXED BY ${INDEX} WHERE run_uuid = ? AND key = ? ORDER BY step`;
  const ids: Int64[] = [];
  let before: Int64 | undefined;
  for (const [id, step] of database.allArrays(sql, runId, key) as [Int64, Int64][]) {
    if (!isInside(step, startStep, endStep)) {
      continue;
    }
    if (before !== undefined && compareInt64(before, step) === 0) {
      return undefined;
    }
    before = step;
    ids.push(id);
  }
  return ids;
}

function wholeInterval(context: StoreContext, runId: string, query: MetricIntervalQuery): MetricRow[] {
  const { key, startStep, endStep } = query;
  const rows = [...readMetrics(context, runId, key)].flat();
  return rows.filter(({ step }) => isInside(step, startStep, endStep)).sort(byStep);
}

/** The order that MLflow samples by; NaN is stored as 0 with a mark, and so comes after 0. */
function byStep(a: MetricRow, b: MetricRow): number {
  return (
    compareInt64(a.step, b.step) ||
    compareInt64(a.timestamp ?? -Infinity, b.timestamp ?? -Infinity) ||
    compareInt64(a.value, b.value) ||
    compareInt64(a.is_nan, b.is_nan)
  );
}

function isInside(step: Int64, start: number | undefined, end: number | undefined): boolean {
  return (start === undefined || step >= start) && (end === undefined || step <= end);
}

/** Which of `count` things in order are taken when at most `most` are wanted. */
function sampleIndexes(count: number, most: number): number[] {
  if (count <= most) {
    return Array.from({ length: count }, (_item, index) => index);
  }
  const size = Math.floor(count / most);
  const larger = count % most;
  const indexes = Array.from({ length: most }, (_item, bucket) => bucket * size + Math.min(bucket, larger));
  indexes[most - 1] = count - 1;
  return indexes;
}
