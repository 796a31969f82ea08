import { doesNotExist, invalidParameter } from '../../../core/base/errors.js';
import type { ModelVersion } from '../../../core/domain/modelVersion.js';
import type { StoreContext } from '../storeContext.js';
import { loadModelVersion, modelVersionRow } from './modelVersionRows.js';
import { latestVersionRows, registeredModelRow } from './registeredModelRows.js';
import { inWorkspace } from './registryTables.js';
import {
  checkAlias,
  checkAliasIsFree,
  checkedStage,
  checkRegisteredModelName,
  isLatest,
  versionNumber,
} from './registryValidation.js';

export function setRegisteredModelAlias(
  context: StoreContext,
  name: string,
  alias: string,
  version: string,
): void {
  checkRegisteredModelName(name);
  checkAlias(alias);
  checkAliasIsFree(alias);
  versionNumber(version);
  const row = modelVersionRow(context, name, version);
  context.database.run(
    `INSERT INTO registered_model_aliases (name, alias, version) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version`,
    name,
    alias,
    row.version,
  );
  context.changes.registeredModel(name);
}

export function deleteRegisteredModelAlias(context: StoreContext, name: string, alias: string): void {
  checkRegisteredModelName(name);
  checkAlias(alias);
  registeredModelRow(context, name);
  const sql = `DELETE FROM registered_model_aliases WHERE ${inWorkspace(context)}name = ? AND alias = ?`;
  context.database.run(sql, name, alias);
  context.changes.registeredModel(name);
}

export function getModelVersionByAlias(context: StoreContext, name: string, alias: string): ModelVersion {
  checkRegisteredModelName(name);
  checkAlias(alias);
  if (isLatest(alias)) {
    return newestVersion(context, name);
  }
  registeredModelRow(context, name);
  const found = context.database.get<{ version: number }>(
    `SELECT version FROM registered_model_aliases WHERE ${inWorkspace(context)}name = ? AND alias = ?`,
    name,
    alias,
  );
  if (found === undefined) {
    throw invalidParameter(`Registered model alias ${alias} not found.`);
  }
  return loadModelVersion(context, modelVersionRow(context, name, String(found.version)));
}

function newestVersion(context: StoreContext, name: string): ModelVersion {
  registeredModelRow(context, name);
  const [newest] = latestVersionRows(context, [name]).sort((a, b) => b.version - a.version);
  if (newest === undefined) {
    throw doesNotExist(`Latest version not found for model ${name}.`);
  }
  return loadModelVersion(context, newest);
}

/** The newest version at each of the stages, at every stage where none is named. */
export function getLatestVersions(
  context: StoreContext,
  name: string,
  stages: readonly string[],
): ModelVersion[] {
  registeredModelRow(context, name);
  const wanted = new Set(stages.map(checkedStage));
  return latestVersionRows(context, [name])
    .filter(({ current_stage: stage }) => wanted.size === 0 || (stage !== null && wanted.has(stage)))
    .map((row) => loadModelVersion(context, row));
}
