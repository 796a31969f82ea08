import type { Comparison } from './ast.js';
import { compileOrder } from './compileOrder.js';
import { EVALUATION_DATASET_SEARCH } from './entities.js';
import type { CompiledSearch } from './keyset.js';
import { planDatasetOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import {
  allOf,
  compileCondition,
  compileExpression,
  compileKeyed,
  fragment,
  type SqlFragment,
} from './sql.js';

/** What to search evaluation datasets by. */
export interface DatasetSearch {
  /** Of any where empty. */
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly orderBy: readonly string[];
}

const TAGS = { name: 'evaluation_dataset_tags', key: '"key"', value: 'value', owner: 'dataset_id' } as const;

/**
 * Compiles a search for evaluation datasets; the alias of `evaluation_datasets` is `d`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileDatasets({ experimentIds, filter, orderBy }: DatasetSearch): CompiledSearch {
  const where = allOf([
    ...(experimentIds.length > 0 ? [ofExperiments(experimentIds)] : []),
    compileExpression(parseFilter(filter, EVALUATION_DATASET_SEARCH), compileComparison),
  ]);
  return {
    where,
    ...compileOrder('evaluation_datasets d', planDatasetOrder(orderBy), ({ field }) => ({
      sql: columnOf(field.key),
    })),
  };
}

function ofExperiments(experimentIds: readonly string[]): SqlFragment {
  return fragment(
    "EXISTS (SELECT 1 FROM entity_associations x WHERE x.source_type = 'evaluation_dataset' " +
      "AND x.source_id = d.dataset_id AND x.destination_type = 'experiment' " +
      'AND x.destination_id IN (SELECT value FROM json_each(?)))',
    JSON.stringify(experimentIds),
  );
}

function compileComparison(comparison: Comparison): SqlFragment {
  return comparison.field.group === 'tag'
    ? compileKeyed(TAGS, 'd.dataset_id', comparison)
    : compileCondition(columnOf(comparison.field.key), comparison);
}

function columnOf(attribute: string): string {
  if (!Object.hasOwn(EVALUATION_DATASET_SEARCH.fixed.attribute ?? {}, attribute)) {
    throw new RangeError(`no column for ${attribute}`);
  }
  return `d.${attribute}`;
}
