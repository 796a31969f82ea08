import { doesNotExist } from '../../../core/base/errors.js';
import {
  DELETED_STAGE,
  MODEL_VERSION_STATUSES,
  type ModelStage,
  type ModelVersion,
  type ModelVersionStatus,
} from '../../../core/domain/modelVersion.js';
import type { Tag } from '../../../core/domain/tag.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';
import { inWorkspace } from './registryTables.js';
import { checkRegisteredModelName, versionNumber } from './registryValidation.js';

/** A row of `model_versions`, with the columns that all revisions have. */
export interface ModelVersionRow {
  readonly name: string;
  readonly version: number;
  readonly creation_time: number | null;
  readonly last_updated_time: number | null;
  readonly description: string | null;
  readonly user_id: string | null;
  readonly current_stage: ModelStage | null;
  readonly source: string | null;
  readonly storage_location: string | null;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly status: string | null;
  readonly status_message: string | null;
}

interface VersionTagRow {
  readonly name: string;
  readonly version: number;
  readonly key: string;
  readonly value: string | null;
}

/** The row of a version that is not deleted. */
export function modelVersionRow(context: StoreContext, name: string, version: string): ModelVersionRow {
  checkRegisteredModelName(name);
  const number = versionNumber(version);
  const row = context.database.get<ModelVersionRow>(
    `SELECT * FROM model_versions
     WHERE ${inWorkspace(context)}name = ? AND version = ? AND current_stage != '${DELETED_STAGE}'`,
    name,
    number,
  );
  if (row === undefined) {
    throw doesNotExist(`Model Version (name=${name}, version=${number}) not found`);
  }
  return row;
}

/** The versions of `rows`, in their order, with their tags; without aliases, as MLflow's searches answer them. */
export function loadModelVersions(context: StoreContext, rows: readonly ModelVersionRow[]): ModelVersion[] {
  const tags = groupBy(tagRows(context, rows), (row) => `${row.version} ${row.name}`);
  return rows.map((row) => toModelVersion(row, tags.get(`${row.version} ${row.name}`) ?? []));
}

/** The version of a row with everything that belongs to it. */
export function loadModelVersion(context: StoreContext, row: ModelVersionRow): ModelVersion {
  const tags = tagRows(context, [row]);
  const aliases = context.database.all<{ alias: string }>(
    `SELECT alias FROM registered_model_aliases
     WHERE ${inWorkspace(context)}name = ? AND version = ? ORDER BY alias`,
    row.name,
    row.version,
  );
  return { ...toModelVersion(row, tags), aliases: aliases.map(({ alias }) => alias) };
}

function tagRows(context: StoreContext, rows: readonly ModelVersionRow[]): VersionTagRow[] {
  return context.database.all<VersionTagRow>(
    `SELECT name, version, key, value FROM model_version_tags
     WHERE ${inWorkspace(context)}(name, version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
     ORDER BY key`,
    JSON.stringify(rows.map(({ name, version }) => [name, version])),
  );
}

function toModelVersion(row: ModelVersionRow, tags: readonly VersionTagRow[]): ModelVersion {
  return {
    name: row.name,
    version: String(row.version),
    creationTime: row.creation_time ?? 0,
    ...(row.last_updated_time !== null && { lastUpdatedTime: row.last_updated_time }),
    ...(row.description !== null && { description: row.description }),
    ...(row.user_id !== null && { userId: row.user_id }),
    stage: row.current_stage ?? 'None',
    source: row.source ?? '',
    ...(row.run_id !== null && { runId: row.run_id }),
    ...(row.run_link !== null && { runLink: row.run_link }),
    status: statusOf(row.status),
    ...(row.status_message !== null && { statusMessage: row.status_message }),
    tags: tags.map(({ key, value }): Tag => ({ key, value: value ?? '' })),
    aliases: [],
  };
}

function statusOf(name: string | null): ModelVersionStatus {
  return MODEL_VERSION_STATUSES.find((status) => status === name) ?? 'READY';
}
