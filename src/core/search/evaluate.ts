import type { Comparator, Comparison, FieldReference, FilterExpression, FilterValue } from './ast.js';
import { createSqlRegexp } from './regexp/regexp.js';
import { asciiLower, isLike } from './text.js';

/** One function for all, because it keeps compiled patterns. */
const regexp = createSqlRegexp();

/** A value of a field. */
export type FieldValue = string | number | bigint;

/**
 * Reads a field of one thing: no value where it is missing, several where one field has many (the data sets of
 * a run). A comparison holds where it holds for any of them.
 */
export type FieldReader = (field: FieldReference) => readonly FieldValue[];

/** Whether what `read` reads passes `filter`: the same answer as the compiled SQL gives. */
export function matches(filter: FilterExpression, read: FieldReader): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matches(operand, read));
    case 'or':
      return filter.operands.some((operand) => matches(operand, read));
    case 'not':
      return !matches(filter.operand, read);
    case 'comparison':
      return holds(filter, read(filter.field));
  }
}

function holds({ comparator, value: wanted }: Comparison, values: readonly FieldValue[]): boolean {
  switch (comparator) {
    case 'IS NULL':
      return values.length === 0;
    case 'IS NOT NULL':
      return values.length > 0;
    default:
      return values.some((value) => compare(value, comparator, wanted));
  }
}

function compare(
  value: FieldValue,
  comparator: Exclude<Comparator, 'IS NULL' | 'IS NOT NULL'>,
  wanted: FilterValue,
): boolean {
  if (wanted === null) {
    return false;
  }
  if (typeof wanted === 'object') {
    const isListed = wanted.includes(String(value));
    return comparator === 'IN' ? isListed : comparator === 'NOT IN' && !isListed;
  }
  if (typeof wanted === 'string') {
    return compareTexts(String(value), comparator, wanted);
  }
  return typeof value !== 'string' && compareNumbers(value, comparator, wanted);
}

function compareTexts(value: string, comparator: Comparator, wanted: string): boolean {
  switch (comparator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case 'LIKE':
      return isLike(value, wanted);
    case 'ILIKE':
      return isLike(asciiLower(value), asciiLower(wanted));
    case 'RLIKE':
      return regexp(wanted, value) === 1;
    default:
      return false;
  }
}

/** With NaN everything is false, except "!=", as in MLflow since 3.18. */
function compareNumbers(value: number | bigint, comparator: Comparator, wanted: number | bigint): boolean {
  const isEqual = value <= wanted && value >= wanted;
  switch (comparator) {
    case '=':
      return isEqual;
    case '!=':
      return !isEqual;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    default:
      return false;
  }
}
