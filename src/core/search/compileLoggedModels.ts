import { invalidParameter } from '../base/errors.js';
import type { LoggedModelOrder, SearchLoggedModels } from '../stores/trackingStore.js';
import type { Comparison, FilterExpression, FilterValue } from './ast.js';
import { compileOrder, type SortValue } from './compileOrder.js';
import { LOGGED_MODEL_SEARCH, MODEL_STATUS_NAMES } from './entities.js';
import type { CompiledSearch } from './keyset.js';
import { type DatasetChoice, type OrderStep, planLoggedModelOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import { parseExperimentIds } from './scope.js';
import {
  allOf,
  compileCondition,
  compileExpression,
  compileKeyed,
  fragment,
  isOneOf,
  joinFragments,
  type SqlFragment,
} from './sql.js';

/** What to search logged models by. */
export interface LoggedModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly datasets: SearchLoggedModels['datasets'];
  readonly orderBy: readonly LoggedModelOrder[];
}

const TABLES = {
  parameter: { name: 'logged_model_params', key: 'param_key', value: 'param_value', owner: 'model_id' },
  tag: { name: 'logged_model_tags', key: 'tag_key', value: 'tag_value', owner: 'model_id' },
} as const;

/**
 * Compiles a search for logged models that are not deleted; the alias of `logged_models` is `m`. Where data
 * sets are named, only metrics measured on one of them count, and a model needs one such metric unless the
 * filter has a condition on a metric already.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileLoggedModels(search: LoggedModelSearch): CompiledSearch {
  if (search.datasets.some(({ name }) => !name)) {
    throw invalidParameter('`dataset_name` in the `datasets` clause must be specified.');
  }
  const filter = parseFilter(search.filter, LOGGED_MODEL_SEARCH);
  const onDatasets = compileDatasets(search.datasets);
  const needsMetric = search.datasets.length > 0 && !mentionsMetric(filter);
  const where = allOf([
    fragment("m.lifecycle_stage != 'deleted'"),
    isOneOf('m.experiment_id', parseExperimentIds(search.experimentIds)),
    ...(needsMetric
      ? [
          fragment(
            `EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.model_id = m.model_id AND ${onDatasets.sql})`,
            ...onDatasets.params,
          ),
        ]
      : []),
    compileExpression(filter, (comparison) => compileComparison(comparison, onDatasets)),
  ]);
  const order = planLoggedModelOrder(search.orderBy);
  return {
    where,
    ...compileOrder('logged_models m', order, (step, alias) => sortValue(step, alias, onDatasets)),
  };
}

/** Whether a filter has a condition on a metric anywhere. */
export function mentionsMetric(filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'comparison':
      return filter.field.group === 'metric';
    case 'not':
      return mentionsMetric(filter.operand);
    default:
      return filter.operands.some(mentionsMetric);
  }
}

function compileComparison(comparison: Comparison, onDatasets: SqlFragment): SqlFragment {
  const { group, key } = comparison.field;
  switch (group) {
    case 'metric': {
      const latest = latestMetric('x.metric_value', key, onDatasets);
      const condition = compileCondition(`(${latest.sql})`, comparison);
      return { sql: condition.sql, params: [...latest.params, ...condition.params] };
    }
    case 'parameter':
    case 'tag':
      return compileKeyed(TABLES[group], 'm.model_id', comparison);
    default:
      return compileCondition(
        columnOf(key),
        key === 'status' ? { ...comparison, value: statusNumbers(comparison.value) } : comparison,
      );
  }
}

/** A column of the latest value of a metric: the greatest by step, then time, then value. */
function latestMetric(column: string, key: string, onDatasets: SqlFragment): SqlFragment {
  return fragment(
    `SELECT ${column} FROM logged_model_metrics x WHERE x.model_id = m.model_id AND x.metric_name = ? ` +
      `AND ${onDatasets.sql} ` +
      'ORDER BY x.metric_step DESC, x.metric_timestamp_ms DESC, x.metric_value DESC LIMIT 1',
    key,
    ...onDatasets.params,
  );
}

/** The condition that the metric `x` was measured on one of the data sets, or on anything where there are none. */
function compileDatasets(datasets: readonly DatasetChoice[]): SqlFragment {
  if (datasets.length === 0) {
    return fragment('1');
  }
  const { sql, params } = joinFragments(datasets.map(compileDataset), ' OR ');
  return { sql: `(${sql})`, params };
}

function compileDataset({ name, digest }: DatasetChoice): SqlFragment {
  const conditions = [
    ...(name === undefined ? [] : [fragment('x.dataset_name = ?', name)]),
    ...(digest === undefined ? [] : [fragment('x.dataset_digest = ?', digest)]),
  ];
  const { sql, params } = allOf(conditions);
  return { sql: `(${sql})`, params };
}

function sortValue(step: OrderStep, alias: string, onDatasets: SqlFragment): SortValue {
  if (step.field.group !== 'metric') {
    return { sql: columnOf(step.field.key) };
  }
  const dataset = allOf([onDatasets, compileDataset(step.dataset ?? {})]);
  const latest = latestMetric('x.rowid', step.field.key, dataset);
  return {
    sql: `${alias}.metric_value`,
    join: fragment(
      `LEFT JOIN logged_model_metrics ${alias} ON ${alias}.rowid = (${latest.sql})`,
      ...latest.params,
    ),
  };
}

function columnOf(attribute: string): string {
  if (!Object.hasOwn(LOGGED_MODEL_SEARCH.fixed.attribute ?? {}, attribute)) {
    throw new RangeError(`no column for ${attribute}`);
  }
  return `m.${attribute}`;
}

/** The numbers that stand for names of states; a list of numbers is a list of their texts in the AST. */
function statusNumbers(value: FilterValue): FilterValue {
  const numberOf = (name: string) => MODEL_STATUS_NAMES.findIndex((status) => status === name);
  if (typeof value === 'string') {
    return numberOf(value);
  }
  return typeof value === 'object' && value !== null ? value.map((name) => String(numberOf(name))) : value;
}
