import type { ViewType } from '../domain/experiment.js';
import type { Comparison } from './ast.js';
import { compileOrder } from './compileOrder.js';
import { EXPERIMENT_SEARCH } from './entities.js';
import type { CompiledSearch } from './keyset.js';
import { planExperimentOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import { inLifecycle } from './scope.js';
import { allOf, compileCondition, compileExpression, compileKeyed, type SqlFragment } from './sql.js';

/** What to search experiments by. */
export interface ExperimentSearch {
  readonly filter?: string | undefined;
  readonly viewType: ViewType;
  readonly orderBy: readonly string[];
}

const TAGS = { name: 'experiment_tags', key: '"key"', value: 'value', owner: 'experiment_id' } as const;

/**
 * Compiles a search for experiments; the alias of `experiments` is `e`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileExperiments(search: ExperimentSearch): CompiledSearch {
  const filter = parseFilter(search.filter, EXPERIMENT_SEARCH);
  const where = allOf([inLifecycle('e', search.viewType), compileExpression(filter, compileComparison)]);
  const order = planExperimentOrder(search.orderBy);
  return { where, ...compileOrder('experiments e', order, ({ field }) => ({ sql: columnOf(field.key) })) };
}

function compileComparison(comparison: Comparison): SqlFragment {
  const { group, key } = comparison.field;
  return group === 'tag'
    ? compileKeyed(TAGS, 'e.experiment_id', comparison)
    : compileCondition(columnOf(key), comparison);
}

function columnOf(attribute: string): string {
  switch (attribute) {
    case 'name':
    case 'experiment_id':
    case 'creation_time':
    case 'last_update_time':
      return `e.${attribute}`;
    default:
      throw new RangeError(`no column for ${attribute}`);
  }
}
