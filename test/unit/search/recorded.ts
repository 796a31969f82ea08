import type { Experiment } from '../../../src/core/domain/experiment.js';
import { LOGGED_MODEL_STATUSES, type LoggedModel } from '../../../src/core/domain/loggedModel.js';
import { isRunStatus, type Run } from '../../../src/core/domain/run.js';
import type { Reference } from './support.js';

type Row = Readonly<Record<string, unknown>>;

function rowsOf({ tables }: Reference, name: string): Row[] {
  const { columns, rows } = tables[name] ?? { columns: [], rows: [] };
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}

function pairs(rows: readonly Row[], key: string, value: string) {
  return rows.map((row) => ({ key: String(row[key]), value: String(row[value]) }));
}

function optional<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
  return value === null || value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}

/** The recorded runs as a store gives them. */
export function runsOf(reference: Reference): Run[] {
  const [metrics, params, tags, inputs, datasets, inputTags] = [
    'latest_metrics',
    'params',
    'tags',
    'inputs',
    'datasets',
    'input_tags',
  ].map((name) => rowsOf(reference, name)) as [Row[], Row[], Row[], Row[], Row[], Row[]];
  return rowsOf(reference, 'runs').map((row): Run => {
    const own = (rows: readonly Row[]) => rows.filter((other) => other.run_uuid === row.run_uuid);
    const status = row.status;
    return {
      info: {
        runId: String(row.run_uuid),
        runName: String(row.name),
        experimentId: String(row.experiment_id),
        userId: String(row.user_id),
        status: isRunStatus(status) ? status : 'RUNNING',
        artifactUri: String(row.artifact_uri),
        lifecycleStage: row.lifecycle_stage === 'deleted' ? 'deleted' : 'active',
        ...optional('startTime', row.start_time as number | null),
        ...optional('endTime', row.end_time as number | null),
      },
      metrics: own(metrics).map((metric) => ({
        key: String(metric.key),
        value: metric.is_nan ? Number.NaN : Number(metric.value),
        timestamp: Number(metric.timestamp),
        step: Number(metric.step),
      })),
      params: pairs(own(params), 'key', 'value'),
      tags: pairs(own(tags), 'key', 'value'),
      datasetInputs: inputs
        .filter((input) => input.destination_id === row.run_uuid)
        .flatMap((input) =>
          datasets
            .filter((dataset) => dataset.dataset_uuid === input.source_id)
            .map((dataset) => ({
              dataset: {
                name: String(dataset.name),
                digest: String(dataset.digest),
                sourceType: 'local',
                source: '{}',
              },
              tags: pairs(
                inputTags.filter((tag) => tag.input_uuid === input.input_uuid),
                'name',
                'value',
              ),
            })),
        ),
      modelInputs: [],
      modelOutputs: [],
    };
  });
}

/** The recorded experiments as a store gives them. */
export function experimentsOf(reference: Reference): Experiment[] {
  const tags = rowsOf(reference, 'experiment_tags');
  return rowsOf(reference, 'experiments').map((row) => ({
    experimentId: String(row.experiment_id),
    name: String(row.name),
    artifactLocation: String(row.artifact_location),
    lifecycleStage: row.lifecycle_stage === 'deleted' ? 'deleted' : 'active',
    ...optional('creationTime', row.creation_time as number | null),
    ...optional('lastUpdateTime', row.last_update_time as number | null),
    tags: pairs(
      tags.filter((tag) => tag.experiment_id === row.experiment_id),
      'key',
      'value',
    ),
  }));
}

/** The recorded logged models that are not deleted, as a store gives them. */
export function loggedModelsOf(reference: Reference): LoggedModel[] {
  const [metrics, params, tags] = ['metrics', 'params', 'tags'].map((name) =>
    rowsOf(reference, `logged_model_${name}`),
  ) as [Row[], Row[], Row[]];
  const models = rowsOf(reference, 'logged_models').filter((row) => row.lifecycle_stage !== 'deleted');
  return models.map((row): LoggedModel => {
    const own = (rows: readonly Row[]) => rows.filter((other) => other.model_id === row.model_id);
    return {
      modelId: String(row.model_id),
      experimentId: String(row.experiment_id),
      name: String(row.name),
      artifactUri: String(row.artifact_location),
      creationTime: Number(row.creation_timestamp_ms),
      lastUpdatedTime: Number(row.last_updated_timestamp_ms),
      status: LOGGED_MODEL_STATUSES[Number(row.status) - 1] ?? 'LOGGED_MODEL_PENDING',
      ...optional('statusMessage', row.status_message as string | null),
      ...optional('modelType', row.model_type as string | null),
      ...optional('sourceRunId', row.source_run_id as string | null),
      tags: pairs(own(tags), 'tag_key', 'tag_value'),
      params: pairs(own(params), 'param_key', 'param_value'),
      metrics: own(metrics).map((metric) => ({
        key: String(metric.metric_name),
        value: Number(metric.metric_value),
        timestamp: Number(metric.metric_timestamp_ms),
        step: Number(metric.metric_step),
        modelId: String(metric.model_id),
        runId: String(metric.run_id),
        ...optional('datasetName', metric.dataset_name as string | null),
        ...optional('datasetDigest', metric.dataset_digest as string | null),
      })),
    };
  });
}
