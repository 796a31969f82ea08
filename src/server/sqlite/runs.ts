import { randomUUID } from 'node:crypto';
import { doesNotExist, invalidParameter } from '../../core/base/errors.js';
import type { LifecycleStage } from '../../core/domain/experiment.js';
import type { Run, RunInfo } from '../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../core/domain/tag.js';
import type { CreateRun, UpdateRun } from '../../core/stores/trackingStore.js';
import { appendToUri } from './artifactLocations.js';
import { activeExperimentRow } from './experiments.js';
import { deleteAssessmentsOfRun } from './runAssessments.js';
import { randomName } from './runNames.js';
import { loadRuns, nonEmpty, RUN_COLUMNS, type RunRow, toRunInfo } from './runRows.js';
import type { StoreContext } from './storeContext.js';
import { writeTag } from './tagRows.js';

export function createRun(context: StoreContext, request: CreateRun): Run {
  const experiment = activeExperimentRow(context, request.experimentId);
  const runId = randomUUID().replaceAll('-', '');
  const { name, tags } = namedTags(request);
  context.database.run(
    `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time,
       end_time, deleted_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
     VALUES (?, ?, 'UNKNOWN', '', '', ?, 'RUNNING', ?, NULL, NULL, '', 'active', ?, ?)`,
    runId,
    name,
    request.userId ?? '', // MLflow fails to read a run without any
    request.startTime ?? null,
    appendToUri(experiment.artifact_location ?? '', runId, 'artifacts'),
    experiment.experiment_id,
  );
  for (const tag of tags) {
    context.database.run(
      'INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, ?)',
      runId,
      tag.key,
      tag.value,
    );
  }
  context.changes.run(runId, String(experiment.experiment_id));
  return getRun(context, runId);
}

/** The name of a new run and its tags, one of which says the name. */
function namedTags(request: CreateRun): { readonly name: string; readonly tags: CreateRun['tags'] } {
  const asked = nonEmpty(request.runName);
  const tagged = nonEmpty(tagValue(request.tags, SYSTEM_TAGS.runName));
  if (asked !== undefined && tagged !== undefined && asked !== tagged) {
    throw invalidParameter(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${asked}', mlflow.runName='${tagged}').`,
    );
  }
  const name = asked ?? tagged ?? randomName();
  const others = tagged ? request.tags : request.tags.filter((tag) => tag.key !== SYSTEM_TAGS.runName);
  return { name, tags: tagged ? others : [...others, { key: SYSTEM_TAGS.runName, value: name }] };
}

export function getRun(context: StoreContext, runId: string): Run {
  const [run] = loadRuns(context, [runRow(context, runId)]);
  if (run === undefined) {
    throw noSuchRun(runId);
  }
  return run;
}

export function updateRun(context: StoreContext, request: UpdateRun): RunInfo {
  const row = activeRunRow(context, request.runId);
  context.database.run(
    `UPDATE runs SET status = coalesce(?, status), end_time = coalesce(?, end_time), name = coalesce(?, name)
     WHERE run_uuid = ?`,
    request.status ?? null,
    request.endTime ?? null,
    nonEmpty(request.runName) ?? null,
    row.run_uuid,
  );
  if (request.runName) {
    writeTag(context, row.run_uuid, { key: SYSTEM_TAGS.runName, value: request.runName });
  }
  touchRun(context, row);
  return toRunInfo(runRow(context, row.run_uuid), []);
}

export function deleteRun(context: StoreContext, runId: string): void {
  deleteAssessmentsOfRun(context, moveRun(context, runId, 'deleted', Date.now()));
}

export function restoreRun(context: StoreContext, runId: string): void {
  moveRun(context, runId, 'active', null);
}

function moveRun(
  context: StoreContext,
  runId: string,
  stage: LifecycleStage,
  deletedTime: number | null,
): string {
  const row = runRow(context, runId);
  const sql = 'UPDATE runs SET lifecycle_stage = ?, deleted_time = ? WHERE run_uuid = ?';
  context.database.run(sql, stage, deletedTime, row.run_uuid);
  touchRun(context, row);
  return row.run_uuid;
}

export function runRow({ database }: StoreContext, runId: string): RunRow {
  const row = database.get<RunRow>(`SELECT ${RUN_COLUMNS} FROM runs WHERE run_uuid = ?`, runId);
  if (row === undefined) {
    throw noSuchRun(runId);
  }
  return row;
}

/** The row of a run that can be logged to. */
export function activeRunRow(context: StoreContext, runId: string): RunRow {
  const row = runRow(context, runId);
  if (row.lifecycle_stage !== 'active') {
    throw invalidParameter(
      `The run ${row.run_uuid} must be in the 'active' state. Current state is ${row.lifecycle_stage}.`,
    );
  }
  return row;
}

/** Notes that something of a run changes. */
export function touchRun({ changes }: StoreContext, row: RunRow): void {
  changes.run(row.run_uuid, String(row.experiment_id));
}

function noSuchRun(runId: string): Error {
  return doesNotExist(`Run with id=${runId} not found`);
}
