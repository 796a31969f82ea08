import type { Comparison, FilterExpression } from './ast.js';

/** A value that SQLite can be given. */
export type SqlValue = string | number | bigint | null;

/** A piece of SQL with the values of its question marks, in order. Values are never part of the text. */
export interface SqlFragment {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** Whether the database has a table, and a column of it where one is named: older ones lack some. */
export type HasTable = (table: string, column?: string) => boolean;

/** A piece of SQL without or with values. */
export function fragment(sql: string, ...params: readonly SqlValue[]): SqlFragment {
  return { sql, params };
}

/** The pieces one after the other, with `separator` between them. */
export function joinFragments(fragments: readonly SqlFragment[], separator: string): SqlFragment {
  return {
    sql: fragments.map(({ sql }) => sql).join(separator),
    params: fragments.flatMap(({ params }) => params),
  };
}

/** All of the conditions; true where there are none. */
export function allOf(conditions: readonly SqlFragment[]): SqlFragment {
  return conditions.length === 0 ? fragment('1') : joinFragments(conditions, ' AND ');
}

/**
 * A filter as a condition.
 *
 * In SQL a comparison with NULL is neither true nor false, and so is NOT of it. Filters have two truth values,
 * so NOT asks whether its operand is not true; inside AND and OR the two ways come to the same.
 * @param compileComparison the condition for one comparison
 */
export function compileExpression(
  expression: FilterExpression,
  compileComparison: (comparison: Comparison) => SqlFragment,
): SqlFragment {
  switch (expression.kind) {
    case 'comparison':
      return compileComparison(expression);
    case 'not': {
      const { sql, params } = compileExpression(expression.operand, compileComparison);
      return { sql: `((${sql}) IS NOT TRUE)`, params };
    }
    case 'and':
    case 'or': {
      const operands = expression.operands.map((operand) => compileExpression(operand, compileComparison));
      if (operands.length === 0) {
        return fragment(expression.kind === 'and' ? '1' : '0');
      }
      const { sql, params } = joinFragments(operands, expression.kind === 'and' ? ' AND ' : ' OR ');
      return { sql: `(${sql})`, params };
    }
  }
}

/**
 * The condition "`column` compares to the value". LIKE needs `PRAGMA case_sensitive_like = 1` on the
 * connection, as MLflow sets it; ILIKE then lowers both sides, which SQLite does for A to Z only. REGEXP needs
 * the function of `createSqlRegexp`. Lists go in as one JSON value, so that their length does not change the
 * statement.
 * @param column an SQL expression without values
 */
export function compileCondition(column: string, { comparator, value }: Comparison): SqlFragment {
  switch (comparator) {
    case 'IS NULL':
    case 'IS NOT NULL':
      return fragment(`${column} ${comparator}`);
    case 'ILIKE':
      return fragment(`lower(${column}) LIKE lower(?)`, single(value));
    case 'RLIKE':
      return fragment(`${column} REGEXP ?`, single(value));
    case 'IN':
    case 'NOT IN':
      return fragment(`${column} ${comparator} ${LISTED}`, JSON.stringify(value));
    default:
      return fragment(`${column} ${comparator} ?`, single(value));
  }
}

/** The values of a JSON list that is given as a value, as a table. */
const LISTED = '(SELECT value FROM json_each(?))';

/** "`column` is one of `ids`", which are whole numbers. */
export function isOneOf(column: string, ids: readonly number[]): SqlFragment {
  return fragment(`${column} IN ${LISTED}`, JSON.stringify(ids));
}

function single(value: Comparison['value']): SqlValue {
  if (typeof value === 'object' && value !== null) {
    throw new TypeError('a list goes with IN and NOT IN only');
  }
  return value;
}

/** The condition on a key-value table: whether the row of this key exists and compares, or does not exist. */
export function compileKeyed(
  table: { readonly name: string; readonly key: string; readonly value: string; readonly owner: string },
  owner: string,
  comparison: Comparison,
): SqlFragment {
  return compileKeyedOf(table, `x.${table.owner} = ${owner}`, comparison);
}

/**
 * The same for tables whose rows several columns tie to their owner.
 * @param ofOwner the condition that the row `x` is the owner's, without values
 */
export function compileKeyedOf(
  table: { readonly name: string; readonly key: string; readonly value: string },
  ofOwner: string,
  comparison: Comparison,
): SqlFragment {
  const { comparator, field } = comparison;
  const row = `SELECT 1 FROM ${table.name} x WHERE x.${table.key} = ? AND ${ofOwner}`;
  if (comparator === 'IS NULL' || comparator === 'IS NOT NULL') {
    return fragment(`${comparator === 'IS NULL' ? 'NOT ' : ''}EXISTS (${row})`, field.key);
  }
  const condition = compileCondition(`x.${table.value}`, comparison);
  return fragment(`EXISTS (${row} AND ${condition.sql})`, field.key, ...condition.params);
}
