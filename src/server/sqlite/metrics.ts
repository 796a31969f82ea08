import { compareInt64 } from '../../core/domain/int64.js';
import type { Metric } from '../../core/domain/run.js';
import { storedValue } from './metricRows.js';
import { activeRunRow, touchRun } from './runs.js';
import type { RunRow } from './runRows.js';
import type { StoreContext } from './storeContext.js';
import { checkMetric } from './validation.js';

const INSERT_METRIC = `INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (key, timestamp, step, run_uuid, value, is_nan) DO NOTHING`;

/** The latest value is the greatest by (step, timestamp, stored value), wherever in time it was logged. */
const UPSERT_LATEST = `INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan)
  VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (key, run_uuid) DO UPDATE
    SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan
    WHERE (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value)`;

const INSERT_MODEL_METRIC = `INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms,
    metric_step, metric_value, experiment_id, run_id, dataset_uuid, dataset_name, dataset_digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)
  ON CONFLICT (model_id, metric_name, metric_timestamp_ms, metric_step, run_id) DO NOTHING`;

export function logMetric(context: StoreContext, runId: string, metric: Metric): void {
  checkMetric(metric);
  const row = activeRunRow(context, runId);
  writeMetrics(context, row, [metric]);
  touchRun(context, row);
}

/** Writes metrics that were checked to a run that is active. What was logged before is not logged twice. */
export function writeMetrics(context: StoreContext, row: RunRow, metrics: readonly Metric[]): void {
  const { database } = context;
  const insert = database.statement(INSERT_METRIC);
  const latest = new Map<string, StoredMetric>();
  for (const metric of metrics) {
    const { value, isNan } = storedValue(metric.value);
    insert.run(row.run_uuid, metric.key, value, metric.timestamp, metric.step, isNan);
    const stored = { metric, value, isNan };
    const other = latest.get(metric.key);
    if (other === undefined || isLater(stored, other)) {
      latest.set(metric.key, stored);
    }
  }
  for (const { metric, value, isNan } of latest.values()) {
    database.run(UPSERT_LATEST, row.run_uuid, metric.key, value, metric.timestamp, metric.step, isNan);
  }
  writeModelMetrics(context, row, metrics);
}

interface StoredMetric {
  readonly metric: Metric;
  readonly value: number;
  readonly isNan: 0 | 1;
}

function isLater(a: StoredMetric, b: StoredMetric): boolean {
  const order =
    compareInt64(a.metric.step, b.metric.step) || compareInt64(a.metric.timestamp, b.metric.timestamp);
  return (order || a.value - b.value) > 0;
}

/** Metrics that name a logged model are kept with the model too. */
function writeModelMetrics(
  { database, tables }: StoreContext,
  row: RunRow,
  metrics: readonly Metric[],
): void {
  for (const metric of metrics) {
    if (metric.modelId !== undefined) {
      tables.requireLoggedModels();
      database.run(
        INSERT_MODEL_METRIC,
        metric.modelId,
        metric.key,
        metric.timestamp,
        metric.step,
        storedValue(metric.value).value,
        row.experiment_id,
        row.run_uuid,
        metric.datasetName ?? null,
        metric.datasetDigest ?? null,
      );
    }
  }
}
