import { randomUUID } from 'node:crypto';
import { LIMITS } from '../../core/base/limits.js';
import type { Dataset, DatasetInput } from '../../core/domain/inputs.js';
import type { LogInputs, LogOutputs } from '../../core/stores/trackingStore.js';
import type { RunRow } from './runRows.js';
import { activeRunRow, touchRun } from './runs.js';
import type { StoreContext } from './storeContext.js';
import { checkLength, checkRunId } from './validation.js';

const INSERT_EDGE = `INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id)
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (source_type, source_id, destination_type, destination_id) DO NOTHING`;

/** Notes which datasets and models a run used. What is noted already stays as it is, tags included. */
export function logInputs(context: StoreContext, request: LogInputs): void {
  checkRunId(request.runId);
  request.datasets.forEach(checkDatasetInput);
  const row = activeRunRow(context, request.runId);
  for (const input of request.datasets) {
    logDataset(context, row, input);
  }
  if (request.models.length > 0) {
    context.tables.requireLoggedModels();
  }
  for (const { modelId } of request.models) {
    context.database.run(INSERT_EDGE, newId(), 'RUN_INPUT', row.run_uuid, 'MODEL_INPUT', modelId);
  }
  touchRun(context, row);
}

/** Notes which models a run made. */
export function logOutputs(context: StoreContext, request: LogOutputs): void {
  context.tables.requireLoggedModels();
  const row = activeRunRow(context, request.runId);
  for (const { modelId, step } of request.models) {
    context.database.run(
      `INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step)
       VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?, ?)`,
      newId(),
      row.run_uuid,
      modelId,
      step,
    );
  }
  touchRun(context, row);
}

function logDataset(
  { database, ...context }: StoreContext,
  row: RunRow,
  { dataset, tags }: DatasetInput,
): void {
  const datasetId = datasetIdOf({ database, ...context }, row.experiment_id, dataset);
  const inputId = newId();
  if (database.run(INSERT_EDGE, inputId, 'DATASET', datasetId, 'RUN', row.run_uuid) > 0) {
    for (const tag of tags) {
      database.run(
        'INSERT INTO input_tags (input_uuid, name, value) VALUES (?, ?, ?)',
        inputId,
        tag.key,
        tag.value,
      );
    }
  }
}

/** The id of a dataset, which is one within an experiment by its name and digest; made where it is new. */
function datasetIdOf({ database }: StoreContext, experimentId: number, dataset: Dataset): string {
  const known = database.get<{ dataset_uuid: string }>(
    'SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
    experimentId,
    dataset.name,
    dataset.digest,
  );
  if (known !== undefined) {
    return known.dataset_uuid;
  }
  const id = newId();
  database.run(
    `INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source,
       dataset_schema, dataset_profile)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    experimentId,
    dataset.name,
    dataset.digest,
    dataset.sourceType,
    dataset.source,
    dataset.schema ?? null,
    dataset.profile ?? null,
  );
  return id;
}

function checkDatasetInput({ dataset, tags }: DatasetInput): void {
  checkLength('name', dataset.name, LIMITS.datasetNameLength);
  checkLength('digest', dataset.digest, LIMITS.datasetDigestLength);
  checkLength('source', dataset.source, LIMITS.datasetSourceLength);
  checkLength('schema', dataset.schema ?? '', LIMITS.datasetSchemaLength);
  checkLength('profile', dataset.profile ?? '', LIMITS.datasetProfileLength);
  for (const tag of tags) {
    checkLength('key', tag.key, LIMITS.inputTagKeyLength);
    checkLength('value', tag.value, LIMITS.inputTagValueLength);
  }
}

function newId(): string {
  return randomUUID().replaceAll('-', '');
}
