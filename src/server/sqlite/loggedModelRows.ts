import type { Int64 } from '../../core/domain/int64.js';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../../core/domain/loggedModel.js';
import type { Param } from '../../core/domain/run.js';
import { groupBy } from './grouping.js';
import type { StoreContext } from './storeContext.js';

/** A row of `logged_models`. */
export interface LoggedModelRow {
  readonly model_id: string;
  readonly experiment_id: number;
  readonly name: string;
  readonly artifact_location: string;
  readonly creation_timestamp_ms: Int64;
  readonly last_updated_timestamp_ms: Int64;
  readonly status: number;
  readonly lifecycle_stage: string | null;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
  readonly status_message: string | null;
}

interface ModelMetricRow {
  readonly model_id: string;
  readonly run_id: string;
  readonly metric_name: string;
  readonly metric_value: number | null;
  readonly metric_timestamp_ms: Int64;
  readonly metric_step: Int64;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

interface ModelKeyValueRow {
  readonly model_id: string;
  readonly key: string;
  readonly value: string;
}

/** The numbers that stand for statuses in the table. */
export const STATUS_NUMBERS: Readonly<Record<LoggedModelStatus, number>> = {
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
};

/** The models of `rows`, in their order, with tags, parameters and every metric that was logged for them. */
export function loadLoggedModels(context: StoreContext, rows: readonly LoggedModelRow[]): LoggedModel[] {
  const ids = JSON.stringify(rows.map((row) => row.model_id));
  const tags = loadKeyValues(context, 'logged_model_tags', 'tag', ids);
  const params = loadKeyValues(context, 'logged_model_params', 'param', ids);
  const metrics = groupBy(loadMetricRows(context, ids), (row) => row.model_id);
  return rows.map((row) => ({
    modelId: row.model_id,
    experimentId: String(row.experiment_id),
    name: row.name,
    artifactUri: row.artifact_location,
    creationTime: row.creation_timestamp_ms,
    lastUpdatedTime: row.last_updated_timestamp_ms,
    status: statusOf(row.status),
    ...(row.status_message !== null && { statusMessage: row.status_message }),
    ...(row.model_type !== null && { modelType: row.model_type }),
    ...(row.source_run_id !== null && { sourceRunId: row.source_run_id }),
    tags: (tags.get(row.model_id) ?? []).map(toPair),
    params: (params.get(row.model_id) ?? []).map(toPair),
    metrics: (metrics.get(row.model_id) ?? []).map(toModelMetric),
  }));
}

function statusOf(status: number): LoggedModelStatus {
  switch (status) {
    case STATUS_NUMBERS.LOGGED_MODEL_READY:
      return 'LOGGED_MODEL_READY';
    case STATUS_NUMBERS.LOGGED_MODEL_UPLOAD_FAILED:
      return 'LOGGED_MODEL_UPLOAD_FAILED';
    default:
      return 'LOGGED_MODEL_PENDING';
  }
}

function loadKeyValues(
  { database }: StoreContext,
  table: string,
  prefix: string,
  ids: string,
): Map<string, ModelKeyValueRow[]> {
  const rows = database.all<ModelKeyValueRow>(
    `SELECT model_id, ${prefix}_key AS key, ${prefix}_value AS value FROM ${table}
     WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
    ids,
  );
  return groupBy(rows, (row) => row.model_id);
}

function toPair({ key, value }: ModelKeyValueRow): Param {
  return { key, value };
}

function loadMetricRows({ database }: StoreContext, ids: string): ModelMetricRow[] {
  return database.all<ModelMetricRow>(
    `SELECT model_id, run_id, metric_name, metric_value, metric_timestamp_ms, metric_step, dataset_name,
       dataset_digest
     FROM logged_model_metrics WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
    ids,
  );
}

/** The table has no flag for NaN: MLflow keeps it as 0 here, and so it comes back. */
function toModelMetric(row: ModelMetricRow): LoggedModelMetric {
  return {
    key: row.metric_name,
    value: row.metric_value ?? Number.NaN,
    timestamp: row.metric_timestamp_ms,
    step: row.metric_step,
    modelId: row.model_id,
    runId: row.run_id,
    ...(row.dataset_name !== null && { datasetName: row.dataset_name }),
    ...(row.dataset_digest !== null && { datasetDigest: row.dataset_digest }),
  };
}
