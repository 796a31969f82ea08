import { invalidParameter } from '../base/errors.js';
import type { FieldReference, OrderBy } from './ast.js';
import type { SearchEntity } from './entities.js';
import { SEARCH_LIMITS } from './limits.js';
import { parseField } from './parseField.js';
import { isWord, tokenize } from './tokenizer.js';

/**
 * Parses order_by clauses, each a field with ASC (where none is named) or DESC.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function parseOrderBy(clauses: readonly string[], entity: SearchEntity): OrderBy[] {
  if (clauses.length > SEARCH_LIMITS.orderBys) {
    throw invalidParameter(`More than ${SEARCH_LIMITS.orderBys} order_by clauses.`);
  }
  return clauses.map((clause) => parseClause(clause, entity));
}

function parseClause(clause: string, entity: SearchEntity): OrderBy {
  const [name, direction, ...rest] = tokenize(clause);
  const more = direction === undefined || direction.kind === 'end' ? [] : rest.slice(0, -1);
  if (name?.kind !== 'identifier' || direction === undefined || more.length > 0) {
    throw invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`);
  }
  const descending = isWord(direction, 'DESC');
  if (!descending && !isWord(direction, 'ASC') && direction.kind !== 'end') {
    throw invalidParameter(`Invalid ordering key in order_by clause '${clause}'.`);
  }
  const { field, description } = parseField(name.text, entity, 'order_by');
  if (!entity.orderGroups.includes(field.group)) {
    throw invalidParameter(`Invalid order_by entity: ${field.group}`);
  }
  if (description.unsorted) {
    throw invalidParameter(`Invalid order by key '${field.key}' specified.`);
  }
  return { field, ascending: !descending };
}

/**
 * Refuses to sort by one field twice, as MLflow does for runs.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function checkNoDuplicates(orderBy: readonly OrderBy[]): void {
  const seen = new Set<string>();
  for (const { field } of orderBy) {
    const name = fieldName(field);
    if (seen.has(name)) {
      throw invalidParameter(`\`order_by\` contains duplicate fields: ${name}`);
    }
    seen.add(name);
  }
}

function fieldName(field: FieldReference): string {
  return `${field.group}.${field.key}`;
}
