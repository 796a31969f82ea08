import type { Tag } from '../../../core/domain/tag.js';
import type { StoreContext } from '../storeContext.js';

/**
 * The start of a condition on the registry's tables. Since 3.10 a name may be there once for each workspace, and
 * a server without workspaces sees the one called "default".
 * @param alias of the table, with a dot; empty where the statement has one table
 */
export function inWorkspace({ tables }: StoreContext, alias = ''): string {
  return hasWorkspaces({ tables }) ? `${alias}workspace = 'default' AND ` : '';
}

/** Whether the registry's tables tell workspaces apart. */
export function hasWorkspaces({ tables }: Pick<StoreContext, 'tables'>): boolean {
  return tables.has('registered_models', 'workspace');
}

/** Writes a tag of a registered model over an older value. */
export function writeModelTag({ database }: StoreContext, name: string, { key, value }: Tag): void {
  database.run(
    `INSERT INTO registered_model_tags (name, key, value) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    name,
    key,
    value,
  );
}

/** Writes a tag of a model version over an older value. */
export function writeVersionTag(
  { database }: StoreContext,
  name: string,
  version: number,
  { key, value }: Tag,
): void {
  database.run(
    `INSERT INTO model_version_tags (name, version, key, value) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    name,
    version,
    key,
    value,
  );
}
