import type { LifecycleStage } from '../../core/domain/experiment.js';
import type { Metric, Param, Run, RunInfo, RunStatus } from '../../core/domain/run.js';
import { SYSTEM_TAGS, type Tag, tagValue } from '../../core/domain/tag.js';
import { groupBy } from './grouping.js';
import { loadDatasetInputs, loadModelInputs, loadModelOutputs } from './inputRows.js';
import { type MetricRow, toMetric } from './metricRows.js';
import type { StoreContext } from './storeContext.js';

/** The columns of `runs` that are read. */
export interface RunRow {
  readonly run_uuid: string;
  readonly name: string | null;
  readonly experiment_id: number;
  readonly user_id: string | null;
  readonly status: RunStatus;
  readonly start_time: number | null;
  readonly end_time: number | null;
  readonly artifact_uri: string | null;
  readonly lifecycle_stage: LifecycleStage;
}

/** {@link RunRow} as a list of columns. */
export const RUN_COLUMNS =
  'run_uuid, name, experiment_id, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage';

/** `text`, with the empty text as nothing: MLflow's clients send empty where they mean absent. */
export function nonEmpty(text: string | null | undefined): string | undefined {
  return text === null || text === '' ? undefined : text;
}

interface KeyValueRow {
  readonly run_uuid: string;
  readonly key: string;
  readonly value: string | null;
}

/** The runs of `rows`, in their order, with all that was logged: a few statements for the whole page. */
export function loadRuns(context: StoreContext, rows: readonly RunRow[]): Run[] {
  const ids = JSON.stringify(rows.map((row) => row.run_uuid));
  const metrics = loadLatestMetrics(context, ids);
  const params = loadKeyValues(context, 'params', ids);
  const tags = loadKeyValues(context, 'tags', ids);
  const datasetInputs = loadDatasetInputs(context, ids);
  const modelInputs = loadModelInputs(context, ids);
  const modelOutputs = loadModelOutputs(context, ids);
  return rows.map((row) => {
    const ownTags: Tag[] = tags.get(row.run_uuid) ?? [];
    return {
      info: toRunInfo(row, ownTags),
      metrics: metrics.get(row.run_uuid) ?? [],
      params: params.get(row.run_uuid) ?? [],
      tags: ownTags,
      datasetInputs: datasetInputs.get(row.run_uuid) ?? [],
      modelInputs: modelInputs.get(row.run_uuid) ?? [],
      modelOutputs: modelOutputs.get(row.run_uuid) ?? [],
    };
  });
}

/** What a row says of a run. Very old runs have their name in a tag only. */
export function toRunInfo(row: RunRow, tags: readonly Tag[]): RunInfo {
  return {
    runId: row.run_uuid,
    runName: nonEmpty(row.name) ?? tagValue(tags, SYSTEM_TAGS.runName) ?? '',
    experimentId: String(row.experiment_id),
    userId: row.user_id ?? '',
    status: row.status,
    ...(row.start_time !== null && { startTime: row.start_time }),
    ...(row.end_time !== null && { endTime: row.end_time }),
    artifactUri: row.artifact_uri ?? '',
    lifecycleStage: row.lifecycle_stage,
  };
}

function loadLatestMetrics({ database }: StoreContext, ids: string): Map<string, Metric[]> {
  const rows = database.all<MetricRow & { run_uuid: string }>(
    `SELECT run_uuid, key, value, timestamp, step, is_nan FROM latest_metrics
     WHERE run_uuid IN (SELECT value FROM json_each(?))`,
    ids,
  );
  return collect(rows, toMetric);
}

function loadKeyValues(
  { database }: StoreContext,
  table: 'params' | 'tags',
  ids: string,
): Map<string, Param[]> {
  const rows = database.all<KeyValueRow>(
    `SELECT run_uuid, key, value FROM ${table} WHERE run_uuid IN (SELECT value FROM json_each(?))`,
    ids,
  );
  return collect(rows, ({ key, value }) => ({ key, value: value ?? '' }));
}

function collect<Row extends { readonly run_uuid: string }, Item>(
  rows: readonly Row[],
  convert: (row: Row) => Item,
): Map<string, Item[]> {
  const groups = groupBy(rows, (row) => row.run_uuid);
  return new Map([...groups].map(([runId, group]) => [runId, group.map(convert)]));
}
