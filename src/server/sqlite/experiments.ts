import { doesNotExist, invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { Experiment, LifecycleStage } from '../../core/domain/experiment.js';
import type { Tag } from '../../core/domain/tag.js';
import type { CreateExperiment } from '../../core/stores/trackingStore.js';
import { appendToUri, resolvedLocation } from './artifactLocations.js';
import { type ExperimentRow, loadExperiments } from './experimentRows.js';
import { deleteAssessmentsOfExperiment } from './runAssessments.js';
import { isUniqueViolation } from './sqliteErrors.js';
import type { StoreContext } from './storeContext.js';
import {
  checkArtifactLocationLength,
  checkExperimentName,
  checkExperimentTag,
  experimentNumber,
} from './validation.js';

export function createExperiment(context: StoreContext, request: CreateExperiment): string {
  checkExperimentName(request.name);
  const location = request.artifactLocation
    ? resolvedLocation(request.artifactLocation, context.settings.folder)
    : '';
  checkArtifactLocationLength(location);
  request.tags.forEach(checkExperimentTag);
  const id = insertExperiment(context, request.name, location);
  for (const tag of request.tags) {
    context.database.run(
      'INSERT INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?)',
      id,
      tag.key,
      tag.value,
    );
  }
  context.changes.experiment(String(id));
  return String(id);
}

function insertExperiment({ database, settings }: StoreContext, name: string, location: string): number {
  const now = Date.now();
  try {
    const id = database.insertRow(
      `INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time)
       VALUES (?, ?, 'active', ?, ?)`,
      name,
      location,
      now,
      now,
    );
    if (location === '') {
      const own = appendToUri(settings.artifactRoot, String(id));
      database.run('UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?', own, id);
    }
    return id;
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`, {
        cause: error,
      });
    }
    throw error;
  }
}

export function getExperiment(context: StoreContext, experimentId: string): Experiment {
  const [experiment] = loadExperiments(context, [experimentRow(context, experimentId)]);
  if (experiment === undefined) {
    throw doesNotExist(`No Experiment with id=${experimentId} exists`);
  }
  return experiment;
}

export function getExperimentByName(context: StoreContext, name: string): Experiment {
  const { database, tables } = context;
  // Databases of servers with workspaces can have a name once for each workspace.
  const order = tables.has('experiments', 'workspace') ? `ORDER BY workspace = 'default' DESC` : '';
  const row = database.get<ExperimentRow>(`SELECT * FROM experiments WHERE name = ? ${order} LIMIT 1`, name);
  const [experiment] = row === undefined ? [] : loadExperiments(context, [row]);
  if (experiment === undefined) {
    throw doesNotExist(`Could not find experiment with name '${name}'`);
  }
  return experiment;
}

export function renameExperiment(context: StoreContext, experimentId: string, newName: string): void {
  checkExperimentName(newName);
  const row = experimentRow(context, experimentId);
  if (row.lifecycle_stage !== 'active') {
    throw new MlflowError('INVALID_STATE', 'Cannot rename a non-active experiment.');
  }
  const sql = 'UPDATE experiments SET name = ?, last_update_time = ? WHERE experiment_id = ?';
  context.database.run(sql, newName, Date.now(), row.experiment_id);
  context.changes.experiment(String(row.experiment_id));
}

/** Deletes an experiment and its runs; both can be restored. */
export function deleteExperiment(context: StoreContext, experimentId: string): void {
  deleteAssessmentsOfExperiment(context, moveExperiment(context, experimentId, 'deleted'));
}

export function restoreExperiment(context: StoreContext, experimentId: string): void {
  moveExperiment(context, experimentId, 'active');
}

/** Moves an experiment and all its runs to a stage that it is not at. */
function moveExperiment(context: StoreContext, experimentId: string, stage: LifecycleStage): number {
  const { database } = context;
  const id = experimentRow(context, experimentId, stage === 'deleted' ? 'active' : 'deleted').experiment_id;
  const now = Date.now();
  const moveOne = 'UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? WHERE experiment_id = ?';
  database.run(moveOne, stage, now, id);
  const moveRuns = 'UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE experiment_id = ?';
  database.run(moveRuns, stage, stage === 'deleted' ? now : null, id);
  context.changes.experiment(String(id));
  return id;
}

export function setExperimentTag(context: StoreContext, experimentId: string, tag: Tag): void {
  checkExperimentTag(tag);
  const id = activeExperimentRow(context, experimentId).experiment_id;
  context.database.run(
    `INSERT INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?)
     ON CONFLICT (key, experiment_id) DO UPDATE SET value = excluded.value`,
    id,
    tag.key,
    tag.value,
  );
  context.changes.experiment(String(id));
}

export function deleteExperimentTag(context: StoreContext, experimentId: string, key: string): void {
  const id = activeExperimentRow(context, experimentId).experiment_id;
  if (
    context.database.run('DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?', id, key) === 0
  ) {
    throw doesNotExist(`No tag with name: ${key} in experiment with id ${experimentId}`);
  }
  context.changes.experiment(String(id));
}

/** The row of an experiment, which must be at `stage` where one is given. */
export function experimentRow(
  { database }: StoreContext,
  experimentId: string,
  stage?: LifecycleStage,
): ExperimentRow {
  const number = experimentNumber(experimentId);
  const row = database.get<ExperimentRow>('SELECT * FROM experiments WHERE experiment_id = ?', number);
  if (row === undefined || (stage !== undefined && row.lifecycle_stage !== stage)) {
    throw doesNotExist(`No Experiment with id=${number} exists`);
  }
  return row;
}

/** The row of an experiment that is in use. */
export function activeExperimentRow(context: StoreContext, experimentId: string): ExperimentRow {
  const row = experimentRow(context, experimentId);
  if (row.lifecycle_stage !== 'active') {
    throw invalidParameter(
      `The experiment ${row.experiment_id} must be in the 'active' state. ` +
        `Current state is ${row.lifecycle_stage}.`,
    );
  }
  return row;
}
