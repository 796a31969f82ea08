import { randomUUID } from 'node:crypto';
import { doesNotExist } from '../../core/base/errors.js';
import type { LoggedModel, LoggedModelStatus } from '../../core/domain/loggedModel.js';
import type { Param } from '../../core/domain/run.js';
import type { Tag } from '../../core/domain/tag.js';
import type { CreateLoggedModel } from '../../core/stores/trackingStore.js';
import { appendToUri } from './artifactLocations.js';
import { activeExperimentRow } from './experiments.js';
import { loadLoggedModels, type LoggedModelRow, STATUS_NUMBERS } from './loggedModelRows.js';
import { pythonRepr } from './pythonText.js';
import { randomName } from './runNames.js';
import type { StoreContext } from './storeContext.js';
import { checkModelName } from './validation.js';

export function createLoggedModel(context: StoreContext, request: CreateLoggedModel): LoggedModel {
  context.tables.requireLoggedModels();
  if (request.name !== undefined) {
    checkModelName(request.name);
  }
  const experiment = activeExperimentRow(context, request.experimentId);
  const modelId = `m-${randomUUID().replaceAll('-', '')}`;
  const now = Date.now();
  context.database.run(
    `INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms,
       last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id, status_message)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, NULL)`,
    modelId,
    experiment.experiment_id,
    request.name ?? randomName(),
    appendToUri(experiment.artifact_location ?? '', 'models', modelId, 'artifacts'),
    now,
    now,
    STATUS_NUMBERS.LOGGED_MODEL_PENDING,
    request.modelType ?? null,
    request.sourceRunId ?? null,
  );
  const row = modelRow(context, modelId);
  insertParams(context, row, request.params);
  writeTags(context, row, request.tags);
  touch(context, row);
  return load(context, row);
}

export function getLoggedModel(context: StoreContext, modelId: string): LoggedModel {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  if (row.lifecycle_stage === 'deleted') {
    throw noSuchModel(modelId);
  }
  return load(context, row);
}

export function finalizeLoggedModel(
  context: StoreContext,
  modelId: string,
  status: LoggedModelStatus,
): LoggedModel {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  const sql = 'UPDATE logged_models SET status = ?, last_updated_timestamp_ms = ? WHERE model_id = ?';
  context.database.run(sql, STATUS_NUMBERS[status], Date.now(), row.model_id);
  touch(context, row);
  return load(context, modelRow(context, row.model_id));
}

export function deleteLoggedModel(context: StoreContext, modelId: string): void {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  const sql = `UPDATE logged_models SET lifecycle_stage = 'deleted', last_updated_timestamp_ms = ? WHERE model_id = ?`;
  context.database.run(sql, Date.now(), row.model_id);
  touch(context, row);
}

export function logLoggedModelParams(context: StoreContext, modelId: string, params: readonly Param[]): void {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  insertParams(context, row, params);
  touch(context, row);
}

export function setLoggedModelTags(context: StoreContext, modelId: string, tags: readonly Tag[]): void {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  writeTags(context, row, tags);
  touch(context, row);
}

export function deleteLoggedModelTag(context: StoreContext, modelId: string, key: string): void {
  context.tables.requireLoggedModels();
  const row = modelRow(context, modelId);
  if (
    context.database.run(
      'DELETE FROM logged_model_tags WHERE model_id = ? AND tag_key = ?',
      row.model_id,
      key,
    ) === 0
  ) {
    throw doesNotExist(`No tag with key ${pythonRepr(key)} found for model with ID ${pythonRepr(modelId)}.`);
  }
  touch(context, row);
}

/** The row of a model, also of a deleted one: only reading a model minds that. */
function modelRow({ database }: StoreContext, modelId: string): LoggedModelRow {
  const row = database.get<LoggedModelRow>('SELECT * FROM logged_models WHERE model_id = ?', modelId);
  if (row === undefined) {
    throw noSuchModel(modelId);
  }
  return row;
}

/** The model of a row that was just read or written. */
function load(context: StoreContext, row: LoggedModelRow): LoggedModel {
  const [model] = loadLoggedModels(context, [row]);
  if (model === undefined) {
    throw noSuchModel(row.model_id);
  }
  return model;
}

/** A parameter is logged once: the table refuses a second value. */
function insertParams({ database }: StoreContext, row: LoggedModelRow, params: readonly Param[]): void {
  for (const { key, value } of params) {
    database.run(
      'INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value) VALUES (?, ?, ?, ?)',
      row.model_id,
      row.experiment_id,
      key,
      value,
    );
  }
}

function writeTags({ database }: StoreContext, row: LoggedModelRow, tags: readonly Tag[]): void {
  for (const { key, value } of tags) {
    database.run(
      `INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value) VALUES (?, ?, ?, ?)
       ON CONFLICT (model_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value`,
      row.model_id,
      row.experiment_id,
      key,
      value,
    );
  }
}

function touch({ changes }: StoreContext, row: LoggedModelRow): void {
  changes.experiment(String(row.experiment_id));
}

function noSuchModel(modelId: string): Error {
  return doesNotExist(`Logged model with ID '${modelId}' not found.`);
}
