import { allOf, fragment, joinFragments, type SqlFragment, type SqlValue } from './sql.js';

/** One sort key of a search. `sql` is an expression without values over the tables of the search. */
export interface OrderKey {
  readonly sql: string;
  readonly ascending: boolean;
}

/** A search without its columns and its page. The last of the order keys is unique. */
export interface CompiledSearch {
  /** What stands after FROM: the table, and the rows that sort keys look at. */
  readonly from: SqlFragment;
  readonly where: SqlFragment;
  readonly orderKeys: readonly OrderKey[];
  /**
   * The searched table with its alias, where its rows are long: the page is found without their columns then. No index
   * gives the order, so that all rows go through a sort, which costs the more the longer they are.
   */
  readonly longRows?: { readonly table: string; readonly alias: string };
}

/** Which page of a search to read. */
export interface PageRequest {
  readonly limit: number;
  /** The values of the order keys of the last row before the page; absent for the first page. */
  readonly after?: readonly SqlValue[];
}

/** The name of the column that {@link selectPage} gives the sort key at `index`. */
export function orderColumn(index: number): string {
  return `sort_${index}`;
}

/**
 * The whole statement for one page. Each row has the values of the order keys in the columns
 * {@link orderColumn} names, after those of `columns`: they make the token of the next page.
 * @param columns what to select, over the aliases of `search.from`
 */
export function selectPage(search: CompiledSearch, columns: string, page: PageRequest): SqlFragment {
  const { from, where, orderKeys } = search;
  const keyColumns = orderKeys.map(({ sql }, index) => `${sql} AS ${orderColumn(index)}`);
  const order = orderKeys.map(
    ({ ascending }, index) => `${orderColumn(index)} ${ascending ? 'ASC' : 'DESC'}`,
  );
  const rows = page.after ? allOf([where, compileKeysetAfter(orderKeys, page.after)]) : where;
  const { longRows } = search;
  const found = longRows ? `${longRows.alias}.rowid AS found` : columns;
  const statement = [
    fragment(`SELECT ${[found, ...keyColumns].join(', ')} FROM`),
    from,
    fragment('WHERE'),
    rows,
    fragment(`ORDER BY ${order.join(', ')} LIMIT ?`, page.limit),
  ];
  if (longRows === undefined) {
    return joinFragments(statement, ' ');
  }
  const { table, alias } = longRows;
  const keys = orderKeys.map((_key, index) => `page.${orderColumn(index)}`);
  return joinFragments(
    [
      fragment(`SELECT ${[columns, ...keys].join(', ')} FROM (`),
      ...statement,
      fragment(`) page JOIN ${table} ${alias} ON ${alias}.rowid = page.found ORDER BY ${order.join(', ')}`),
    ],
    ' ',
  );
}

/**
 * The condition "comes after the row with these values of the order keys". SQLite puts NULL before
 * everything going up and after everything going down, and so does this.
 * @param lastValues as many as there are keys
 */
export function compileKeysetAfter(
  orderKeys: readonly OrderKey[],
  lastValues: readonly SqlValue[],
): SqlFragment {
  if (orderKeys.length !== lastValues.length) {
    throw new RangeError('one value is needed for each order key');
  }
  return orderKeys.reduceRight<SqlFragment>((later, key, index) => {
    const value = lastValues[index] ?? null;
    const after = compileAfter(key, value);
    const sql = `(${after.sql} OR (${key.sql} IS ? AND ${later.sql}))`;
    return { sql, params: [...after.params, value, ...later.params] };
  }, fragment('0'));
}

function compileAfter({ sql, ascending }: OrderKey, value: SqlValue): SqlFragment {
  if (value === null) {
    return fragment(ascending ? `${sql} IS NOT NULL` : '0');
  }
  return ascending ? fragment(`${sql} > ?`, value) : fragment(`(${sql} < ? OR ${sql} IS NULL)`, value);
}
