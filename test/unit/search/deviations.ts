import type { DeviationId } from '../../support/deviationIds.js';
import type { Case } from './support.js';

/** A reason to answer otherwise than MLflow, and the recorded searches that show it. */
export interface Deviation {
  /** Of its row in docs/deviations.md. */
  readonly id: DeviationId;
  readonly why: string;
  readonly ours: 'accepted' | 'INVALID_PARAMETER_VALUE';
  readonly kind: Case['kind'];
  /** Filters as recorded, with `*` for the id of a run. */
  readonly filters?: readonly string[];
  /** Lists of order_by clauses as recorded, as JSON. */
  readonly orders?: readonly string[];
}

/**
 * Everything in which the recorded searches are answered otherwise than by MLflow, on purpose. Where MLflow is
 * the one to refuse, a filter made for MLflow never notices; where we refuse, MLflow fails inside or finds
 * what nobody can have meant.
 */
export const DEVIATIONS: readonly Deviation[] = [
  {
    id: 'search-grammar',
    why: 'OR, NOT, parentheses and RLIKE are ours',
    ours: 'accepted',
    kind: 'run',
    filters: [
      "params.lr RLIKE '^0'",
      "params.lr = '0.1' OR params.lr = '0.01'",
      "NOT params.lr = '0.1'",
      "(params.lr = '0.1')",
    ],
  },
  {
    id: 'search-grammar',
    why: 'OR, NOT, parentheses and RLIKE are ours',
    ours: 'accepted',
    kind: 'experiment',
    filters: ["tags.owner = 'ann' OR name = 'alpha'"],
  },
  {
    id: 'search-grammar',
    why: 'OR, NOT, parentheses and RLIKE are ours',
    ours: 'accepted',
    kind: 'loggedModel',
    filters: ["name = 'one' OR name = 'two'", "(name = 'one')"],
  },
  {
    id: 'search-numbers',
    why: 'a number can have any form that JavaScript and Python write',
    ours: 'accepted',
    kind: 'run',
    filters: ['metrics.acc > 1e+3', 'metrics.acc > .5e1'],
  },
  {
    id: 'search-keys',
    why: 'after the dot any word is a key, SQL keywords and digits too',
    ours: 'accepted',
    kind: 'run',
    filters: ['metrics.in = 5', "params.in = 'x'", 'metrics.1 > 0'],
    orders: ['["metrics.in DESC"]'],
  },
  {
    id: 'search-white-space',
    why: 'white space around an order_by clause says nothing',
    ours: 'accepted',
    kind: 'run',
    orders: ['[" metrics.acc DESC"]', '["metrics.acc DESC "]'],
  },
  {
    id: 'search-empty-key',
    why: 'an empty key, or one that begins with a space, is a slip',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'run',
    filters: ['metrics. acc > 0.8', 'metrics. > 0', "params. = 'x'"],
    orders: ['["metrics."]'],
  },
  {
    id: 'search-list-comma',
    why: 'two strings of a list without a comma are a slip; MLflow glues them together as Python does',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'run',
    filters: ["run_id IN ('*' '*')"],
  },
  {
    id: 'callers-error',
    why: 'an error of the caller is INVALID_PARAMETER_VALUE, where SQLite fails inside MLflow',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'run',
    filters: ["run_id = ('*', '*')"],
    orders: [
      '["metrics.acc","metrics.acc"]',
      '["metrics.acc","metric.acc DESC"]',
      '["start_time","created"]',
    ],
  },
  {
    id: 'callers-error',
    why: 'an error of the caller is INVALID_PARAMETER_VALUE, where MLflow has an internal error',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'loggedModel',
    filters: ["creation_time = '5'", "metrics.acc = '0.3'", 'metrics.acc > x', "foo = 'x'"],
  },
  {
    id: 'search-one-grammar',
    why: 'one grammar: double quotes, backticks and other names of times work as they do for runs',
    ours: 'accepted',
    kind: 'loggedModel',
    filters: [
      'name = "one"',
      'tags.q = "it\'s"',
      'params."a/b" = \'x\'',
      '`metrics`.acc > 0.1',
      'attributes.creation_time > 0',
      'last_updated_time > 0',
    ],
    orders: ['[{"fieldName":"last_updated_time","ascending":true}]'],
  },
  {
    id: 'search-one-grammar',
    why: 'one grammar: a metric is compared with a number, as for runs',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'loggedModel',
    filters: ['metrics.acc = nan'],
  },
  {
    id: 'search-model-stage',
    why: 'deleted models are never found, so their lifecycle stage is no field; MLflow takes any column',
    ours: 'INVALID_PARAMETER_VALUE',
    kind: 'loggedModel',
    filters: ["lifecycle_stage = 'active'"],
  },
];

/** The reason why this recorded search is answered otherwise, if it is. */
export function deviationOf({ kind, filter, orderBy }: Case): Deviation | undefined {
  const order = JSON.stringify(orderBy);
  const text = filter.replace(/[0-9a-f]{32}/g, '*');
  return DEVIATIONS.find(
    (deviation) =>
      deviation.kind === kind &&
      [...(deviation.filters ?? []), ...(deviation.orders ?? [])].some((of) => of === text || of === order),
  );
}
