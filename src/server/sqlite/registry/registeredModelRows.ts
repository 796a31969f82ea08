import { doesNotExist } from '../../../core/base/errors.js';
import { DELETED_STAGE } from '../../../core/domain/modelVersion.js';
import type { RegisteredModel } from '../../../core/domain/registeredModel.js';
import type { Tag } from '../../../core/domain/tag.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';
import { loadModelVersions, type ModelVersionRow } from './modelVersionRows.js';
import { inWorkspace } from './registryTables.js';
import { checkRegisteredModelName } from './registryValidation.js';

/** A row of `registered_models`, with the columns that all revisions have. */
export interface RegisteredModelRow {
  readonly name: string;
  readonly creation_time: number | null;
  readonly last_updated_time: number | null;
  readonly description: string | null;
}

const TAG_COLUMNS = "key, coalesce(value, '') AS value";

export function registeredModelRow(context: StoreContext, name: string): RegisteredModelRow {
  checkRegisteredModelName(name);
  const row = findRegisteredModel(context, name);
  if (row === undefined) {
    throw doesNotExist(`Registered Model with name=${name} not found`);
  }
  return row;
}

export function findRegisteredModel(context: StoreContext, name: string): RegisteredModelRow | undefined {
  const sql = `SELECT * FROM registered_models WHERE ${inWorkspace(context)}name = ?`;
  return context.database.get<RegisteredModelRow>(sql, name);
}

/** The models of `rows`, in their order, with tags, aliases and the newest version at each stage. */
export function loadRegisteredModels(
  context: StoreContext,
  rows: readonly RegisteredModelRow[],
): RegisteredModel[] {
  const names = rows.map(({ name }) => name);
  const byName = <Row extends { readonly name: string }>(loaded: readonly Row[]): Map<string, Row[]> =>
    groupBy(loaded, (row) => row.name);
  const tags = byName(loadOf<Tag>(context, 'registered_model_tags', TAG_COLUMNS, 'key', names));
  const aliases = byName(
    loadOf<{ alias: string; version: number }>(
      context,
      'registered_model_aliases',
      'alias, version',
      'alias',
      names,
    ),
  );
  const versions = byName(loadModelVersions(context, latestVersionRows(context, names)));
  return rows.map((row) => ({
    name: row.name,
    creationTime: row.creation_time ?? 0,
    ...(row.last_updated_time !== null && { lastUpdatedTime: row.last_updated_time }),
    ...(row.description !== null && { description: row.description }),
    tags: (tags.get(row.name) ?? []).map(({ key, value }) => ({ key, value })),
    aliases: (aliases.get(row.name) ?? []).map(({ alias, version }) => ({ alias, version: String(version) })),
    latestVersions: versions.get(row.name) ?? [],
  }));
}

/** The tags of a registered model. */
export function tagsOfModel(context: StoreContext, name: string): Tag[] {
  return loadOf<Tag>(context, 'registered_model_tags', TAG_COLUMNS, 'key', [name]);
}

function loadOf<Row>(
  context: StoreContext,
  table: string,
  columns: string,
  order: string,
  names: readonly string[],
): (Row & { readonly name: string })[] {
  return context.database.all(
    `SELECT name, ${columns} FROM ${table}
     WHERE ${inWorkspace(context)}name IN (SELECT value FROM json_each(?)) ORDER BY name, ${order}`,
    JSON.stringify(names),
  );
}

/** The newest version at each stage; the stages in the order in which a version came to be that is at them. */
export function latestVersionRows(context: StoreContext, names: readonly string[]): ModelVersionRow[] {
  return context.database.all<ModelVersionRow>(
    `SELECT * FROM (
       SELECT v.*, row_number() OVER (PARTITION BY name, current_stage ORDER BY version DESC) AS place,
         min(version) OVER (PARTITION BY name, current_stage) AS first_version
       FROM model_versions v
       WHERE ${inWorkspace(context)}name IN (SELECT value FROM json_each(?)) AND current_stage != '${DELETED_STAGE}')
     WHERE place = 1 ORDER BY name, first_version`,
    JSON.stringify(names),
  );
}
