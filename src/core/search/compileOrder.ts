import type { CompiledSearch, OrderKey } from './keyset.js';
import type { OrderStep } from './order.js';
import { fragment, joinFragments, type SqlFragment } from './sql.js';

/** What one step of an order sorts by. */
export interface SortValue {
  /** An expression without values. */
  readonly sql: string;
  /** The expression that is 1 for NaN, where there can be one. */
  readonly isNan?: string;
  /** A join that `sql` needs. */
  readonly join?: SqlFragment;
}

/**
 * Compiles an order.
 * @param table the searched table with its alias
 * @param valueOf what a step sorts by; `alias` is free for a join
 */
export function compileOrder(
  table: string,
  steps: readonly OrderStep[],
  valueOf: (step: OrderStep, alias: string) => SortValue,
): Pick<CompiledSearch, 'from' | 'orderKeys'> {
  const values = steps.map((step, index) => valueOf(step, `o${index}`));
  const joins = values.flatMap(({ join }) => join ?? []);
  return {
    from: joinFragments([fragment(table), ...joins], ' '),
    orderKeys: values.flatMap((value, index) => keysOf(steps[index], value)),
  };
}

function keysOf(step: OrderStep | undefined, { sql, isNan }: SortValue): OrderKey[] {
  const value: OrderKey = { sql, ascending: step?.ascending ?? true };
  if (!step?.missingLast) {
    return [value];
  }
  const nan = isNan ? `WHEN ${isNan} = 1 THEN 1 ` : '';
  return [{ sql: `CASE ${nan}WHEN ${sql} IS NULL THEN 2 ELSE 0 END`, ascending: true }, value];
}
