import { MlflowError } from '../../../core/base/errors.js';
import { IS_PROMPT_TAG, type RegisteredModel } from '../../../core/domain/registeredModel.js';
import type { Tag } from '../../../core/domain/tag.js';
import type { CreateRegisteredModel } from '../../../core/stores/modelRegistry.js';
import { pythonRepr } from '../pythonText.js';
import { isUniqueViolation } from '../sqliteErrors.js';
import type { StoreContext } from '../storeContext.js';
import { checkKey } from '../validation.js';
import {
  findRegisteredModel,
  loadRegisteredModels,
  type RegisteredModelRow,
  registeredModelRow,
  tagsOfModel,
} from './registeredModelRows.js';
import { inWorkspace, writeModelTag } from './registryTables.js';
import { checkRegisteredModelName, checkRegisteredModelTag } from './registryValidation.js';

export function createRegisteredModel(
  context: StoreContext,
  { name, tags, description }: CreateRegisteredModel,
): RegisteredModel {
  checkRegisteredModelName(name);
  tags.forEach(checkRegisteredModelTag);
  if (findRegisteredModel(context, name) !== undefined) {
    throw alreadyExists(name, isTaggedPrompt(tagsOfModel(context, name)), isTaggedPrompt(tags));
  }
  const now = Date.now();
  context.database.run(
    'INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES (?, ?, ?, ?)',
    name,
    now,
    now,
    description ?? null,
  );
  tags.forEach((tag) => writeModelTag(context, name, tag));
  context.changes.registeredModel(name);
  return getRegisteredModel(context, name);
}

/** Here any value of the tag makes a prompt: so MLflow words its message. */
function isTaggedPrompt(tags: readonly Tag[]): boolean {
  return tags.some(({ key }) => key === IS_PROMPT_TAG);
}

function alreadyExists(name: string, isPrompt: boolean, asPrompt: boolean): MlflowError {
  const nameOf = (prompt: boolean): string => (prompt ? 'Prompt' : 'Registered Model');
  return new MlflowError(
    'RESOURCE_ALREADY_EXISTS',
    isPrompt === asPrompt
      ? `${nameOf(asPrompt)} (name=${name}) already exists.`
      : `Tried to create a ${nameOf(asPrompt).toLowerCase()} with name ${pythonRepr(name)}, but the name is ` +
          `already taken by a ${nameOf(isPrompt).toLowerCase()}. MLflow does not allow creating a model and a ` +
          'prompt with the same name.',
  );
}

export function getRegisteredModel(context: StoreContext, name: string): RegisteredModel {
  return load(context, registeredModelRow(context, name));
}

export function updateRegisteredModel(
  context: StoreContext,
  name: string,
  description: string | undefined,
): RegisteredModel {
  registeredModelRow(context, name);
  context.database.run(
    `UPDATE registered_models SET description = ?, last_updated_time = ? WHERE ${inWorkspace(context)}name = ?`,
    description ?? null,
    Date.now(),
    name,
  );
  context.changes.registeredModel(name);
  return getRegisteredModel(context, name);
}

/** Versions, tags and aliases follow the name by their foreign keys. */
export function renameRegisteredModel(context: StoreContext, name: string, newName: string): RegisteredModel {
  checkRegisteredModelName(newName, 'new_name');
  registeredModelRow(context, name);
  const now = Date.now();
  const ofModel = `WHERE ${inWorkspace(context)}name = ?`;
  try {
    const sql = `UPDATE registered_models SET name = ?, last_updated_time = ? ${ofModel}`;
    context.database.run(sql, newName, now, name);
  } catch (error) {
    throw isUniqueViolation(error)
      ? new MlflowError('RESOURCE_ALREADY_EXISTS', `Registered Model (name=${newName}) already exists.`, {
          cause: error,
        })
      : error;
  }
  context.database.run(`UPDATE model_versions SET last_updated_time = ? ${ofModel}`, now, newName);
  context.changes.registeredModel(name);
  context.changes.registeredModel(newName);
  return getRegisteredModel(context, newName);
}

export function deleteRegisteredModel(context: StoreContext, name: string): void {
  registeredModelRow(context, name);
  for (const table of [
    'model_version_tags',
    'model_versions',
    'registered_model_tags',
    'registered_model_aliases',
    'registered_models',
  ]) {
    context.database.run(`DELETE FROM ${table} WHERE ${inWorkspace(context)}name = ?`, name);
  }
  context.changes.registeredModel(name);
}

export function setRegisteredModelTag(context: StoreContext, name: string, tag: Tag): void {
  checkRegisteredModelName(name);
  checkRegisteredModelTag(tag);
  registeredModelRow(context, name);
  writeModelTag(context, name, tag);
  context.changes.registeredModel(name);
}

export function deleteRegisteredModelTag(context: StoreContext, name: string, key: string): void {
  checkRegisteredModelName(name);
  checkKey(key, 'key');
  registeredModelRow(context, name);
  const sql = `DELETE FROM registered_model_tags WHERE ${inWorkspace(context)}name = ? AND key = ?`;
  context.database.run(sql, name, key);
  context.changes.registeredModel(name);
}

function load(context: StoreContext, row: RegisteredModelRow): RegisteredModel {
  const [model] = loadRegisteredModels(context, [row]);
  if (model === undefined) {
    throw new RangeError('one row is one model');
  }
  return model;
}
