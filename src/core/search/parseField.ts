import { invalidParameter } from '../base/errors.js';
import type { FieldGroup, FieldReference } from './ast.js';
import type { FieldDescription, SearchEntity } from './entities.js';

/** A field and what can be asked of it. */
export interface KnownField {
  readonly field: FieldReference;
  readonly description: FieldDescription;
}

/** Where the name stands: order_by takes fewer spellings and groups than a filter. */
export type FieldUse = 'filter' | 'order_by';

/**
 * Finds the field that an identifier names. Everything up to the first dot is the group, what follows is the
 * key, dots included (`tags.mlflow.runName`); without a dot it is an attribute. A key that is quoted as a
 * whole loses its quotes, and only those: MLflow does not undo doubled or escaped quotes within.
 * @param identifier as written
 * @throws MlflowError INVALID_PARAMETER_VALUE where there is no such field
 */
export function parseField(identifier: string, entity: SearchEntity, use: FieldUse): KnownField {
  const dot = identifier.indexOf('.');
  if (dot < 0) {
    return attributeField(unquote(identifier), entity, use);
  }
  const prefix = unquoteBackticks(identifier.slice(0, dot));
  const group = Object.hasOwn(entity.groups, prefix) ? entity.groups[prefix] : undefined;
  if (group === undefined) {
    const known = [...new Set(Object.values(entity.groups))].join(', ');
    throw invalidParameter(`Invalid entity type '${prefix}'. Valid values are: ${known}`);
  }
  const key = unquote(identifier.slice(dot + 1));
  if (group === 'attribute') {
    return attributeField(key, entity, use);
  }
  const description =
    entity.keyed[group] ?? ownField(entity.fixed[group], key) ?? prefixedField(entity, group, key);
  if (description === undefined) {
    const keys = Object.keys(entity.fixed[group] ?? {}).join(', ');
    throw invalidParameter(`Invalid ${group} key '${key}' specified. Valid keys are: ${keys}`);
  }
  return { field: { group, key }, description };
}

function attributeField(name: string, entity: SearchEntity, use: FieldUse): KnownField {
  const attributes = entity.fixed.attribute;
  const isAlias =
    Object.hasOwn(entity.aliases, name) && (use === 'filter' || entity.orderAliases.includes(name));
  const key = (isAlias ? entity.aliases[name] : undefined) ?? name;
  const description = ownField(attributes, key);
  if (description === undefined) {
    const keys = Object.keys(attributes ?? {}).join(', ');
    throw invalidParameter(`Invalid attribute key '${name}' specified. Valid keys are: ${keys}`);
  }
  return { field: { group: 'attribute', key }, description };
}

function ownField(
  fields: Readonly<Record<string, FieldDescription>> | undefined,
  key: string,
): FieldDescription | undefined {
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function prefixedField(entity: SearchEntity, group: FieldGroup, key: string): FieldDescription | undefined {
  const keys = entity.prefixed?.[group];
  return keys && key.startsWith(keys.prefix) && key !== keys.prefix ? keys.description : undefined;
}

/** `text` without the quotes around it, where it has some of the three kinds. */
function unquote(text: string): string {
  return unquoteBackticks(unquoteString(text) ?? text);
}

function unquoteBackticks(text: string): string {
  return text.length >= 2 && text.startsWith('`') && text.endsWith('`') ? text.slice(1, -1) : text;
}

/** What stands between single or double quotes, or undefined where `text` is not in such quotes. */
export function unquoteString(text: string): string | undefined {
  const quote = text[0];
  const isQuoted = text.length >= 2 && (quote === "'" || quote === '"') && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : undefined;
}
