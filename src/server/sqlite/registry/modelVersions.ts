import { invalidParameter } from '../../../core/base/errors.js';
import { DELETED_STAGE, type ModelVersion } from '../../../core/domain/modelVersion.js';
import type { Tag } from '../../../core/domain/tag.js';
import type { TransitionModelVersionStage } from '../../../core/stores/modelRegistry.js';
import { nonEmpty } from '../runRows.js';
import type { StoreContext } from '../storeContext.js';
import { checkKey } from '../validation.js';
import { loadModelVersion, modelVersionRow } from './modelVersionRows.js';
import { inWorkspace, writeVersionTag } from './registryTables.js';
import {
  checkedStage,
  checkModelVersionTag,
  checkRegisteredModelName,
  versionNumber,
} from './registryValidation.js';

/** The stages that models are used from. */
const ACTIVE_STAGES: readonly string[] = ['Staging', 'Production'];

export function getModelVersion(context: StoreContext, name: string, version: string): ModelVersion {
  return loadModelVersion(context, modelVersionRow(context, name, version));
}

/** Versions of old releases have no location of their own. */
export function getModelVersionDownloadUri(context: StoreContext, name: string, version: string): string {
  const { storage_location: location, source } = modelVersionRow(context, name, version);
  return nonEmpty(location) ?? source ?? '';
}

export function updateModelVersion(
  context: StoreContext,
  name: string,
  version: string,
  description: string | undefined,
): ModelVersion {
  const row = modelVersionRow(context, name, version);
  context.database.run(
    `UPDATE model_versions SET description = ?, last_updated_time = ?
     WHERE ${inWorkspace(context)}name = ? AND version = ?`,
    description ?? null,
    Date.now(),
    name,
    row.version,
  );
  context.changes.registeredModel(name);
  return getModelVersion(context, name, version);
}

export function transitionModelVersionStage(
  context: StoreContext,
  { name, version, stage: asked, archiveExistingVersions }: TransitionModelVersionStage,
): ModelVersion {
  const stage = checkedStage(asked);
  if (archiveExistingVersions && !ACTIVE_STAGES.includes(stage)) {
    throw invalidParameter(
      'Model version transition cannot archive existing model versions because ' +
        `'${asked}' is not an Active stage. Valid stages are ['${ACTIVE_STAGES.join("', '")}']`,
    );
  }
  const row = modelVersionRow(context, name, version);
  const now = Date.now();
  if (archiveExistingVersions) {
    context.database.run(
      `UPDATE model_versions SET current_stage = 'Archived', last_updated_time = ?
       WHERE ${inWorkspace(context)}name = ? AND version != ? AND current_stage = ?`,
      now,
      name,
      row.version,
      stage,
    );
  }
  context.database.run(
    `UPDATE model_versions SET current_stage = ?, last_updated_time = ?
     WHERE ${inWorkspace(context)}name = ? AND version = ?`,
    stage,
    now,
    name,
    row.version,
  );
  touchModel(context, name, now);
  return getModelVersion(context, name, version);
}

/** Deletes a version as MLflow does: the row stays, without what it said, so that its number stays taken. */
export function deleteModelVersion(context: StoreContext, name: string, version: string): void {
  versionNumber(version);
  const row = modelVersionRow(context, name, version);
  const now = Date.now();
  const ofVersion = `WHERE ${inWorkspace(context)}name = ? AND version = ?`;
  context.database.run(`DELETE FROM registered_model_aliases ${ofVersion}`, name, row.version);
  context.database.run(
    `UPDATE model_versions SET current_stage = '${DELETED_STAGE}', last_updated_time = ?, description = NULL,
       user_id = NULL, source = 'REDACTED-SOURCE-PATH', run_id = 'REDACTED-RUN-ID',
       run_link = 'REDACTED-RUN-LINK', status_message = NULL ${ofVersion}`,
    now,
    name,
    row.version,
  );
  touchModel(context, name, now);
}

export function setModelVersionTag(context: StoreContext, name: string, version: string, tag: Tag): void {
  checkRegisteredModelName(name);
  versionNumber(version);
  checkModelVersionTag(tag);
  const row = modelVersionRow(context, name, version);
  writeVersionTag(context, name, row.version, tag);
  context.changes.registeredModel(name);
}

export function deleteModelVersionTag(
  context: StoreContext,
  name: string,
  version: string,
  key: string,
): void {
  checkRegisteredModelName(name);
  versionNumber(version);
  checkKey(key, 'key');
  const row = modelVersionRow(context, name, version);
  context.database.run(
    `DELETE FROM model_version_tags WHERE ${inWorkspace(context)}name = ? AND version = ? AND key = ?`,
    name,
    row.version,
    key,
  );
  context.changes.registeredModel(name);
}

/** Notes that a model has changed with one of its versions. */
export function touchModel(context: StoreContext, name: string, now: number): void {
  const sql = `UPDATE registered_models SET last_updated_time = ? WHERE ${inWorkspace(context)}name = ?`;
  context.database.run(sql, now, name);
  context.changes.registeredModel(name);
}
