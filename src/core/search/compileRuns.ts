import type { ViewType } from '../domain/experiment.js';
import { SYSTEM_TAGS } from '../domain/tag.js';
import type { Comparison } from './ast.js';
import { compileOrder, type SortValue } from './compileOrder.js';
import { RUN_SEARCH } from './entities.js';
import type { CompiledSearch } from './keyset.js';
import { type OrderStep, planRunOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import { DATASET_CONTEXT_TAG } from './readers.js';
import { inLifecycle, parseExperimentIds } from './scope.js';
import {
  allOf,
  compileCondition,
  compileExpression,
  compileKeyed,
  fragment,
  isOneOf,
  type SqlFragment,
} from './sql.js';

/** What to search runs by. */
export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly viewType: ViewType;
  readonly orderBy: readonly string[];
}

const COLUMNS: Readonly<Record<string, string>> = {
  run_id: 'r.run_uuid',
  run_name: 'r.name',
  user_id: 'r.user_id',
  status: 'r.status',
  artifact_uri: 'r.artifact_uri',
  start_time: 'r.start_time',
  end_time: 'r.end_time',
};

const TABLES = {
  metric: { name: 'latest_metrics', key: '"key"', value: 'value', owner: 'run_uuid' },
  parameter: { name: 'params', key: '"key"', value: 'value', owner: 'run_uuid' },
  tag: { name: 'tags', key: '"key"', value: 'value', owner: 'run_uuid' },
} as const;

/**
 * Compiles a search for runs over MLflow's tables; the alias of `runs` is `r`. Every condition looks rows up
 * by a primary key or an index, so a run costs the same however much the others have logged.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileRuns(search: RunSearch): CompiledSearch {
  const filter = parseFilter(search.filter, RUN_SEARCH);
  const where = allOf([
    isOneOf('r.experiment_id', parseExperimentIds(search.experimentIds)),
    inLifecycle('r', search.viewType),
    compileExpression(filter, compileComparison),
  ]);
  const order = compileOrder('runs r', planRunOrder(search.orderBy), sortValue);
  return { where, ...order, longRows: { table: 'runs', alias: 'r' } };
}

function compileComparison(comparison: Comparison): SqlFragment {
  const { group, key } = comparison.field;
  switch (group) {
    case 'metric':
      return compileMetric(comparison);
    case 'parameter':
      return compileKeyed(TABLES[group], 'r.run_uuid', comparison);
    case 'tag':
      return isParent(comparison)
        ? compileChildren(comparison)
        : compileKeyed(TABLES[group], 'r.run_uuid', comparison);
    case 'dataset':
      return compileDataset(comparison);
    default: {
      if (key === 'run_name') {
        // MLflow up to 1.29 left the column empty, so that filters go by the tag. Sorting goes by the column.
        const field = { group: 'tag', key: SYSTEM_TAGS.runName } as const;
        return compileKeyed(TABLES.tag, 'r.run_uuid', { ...comparison, field });
      }
      return compileCondition(columnOf(key), comparison);
    }
  }
}

function isParent({ comparator, field }: Comparison): boolean {
  return comparator === '=' && field.key === SYSTEM_TAGS.parentRunId;
}

/** The runs below another are few among all, so they are found by the tag and not by asking each run for it. */
function compileChildren(comparison: Comparison): SqlFragment {
  const { sql, params } = compileCondition('x.value', comparison);
  return fragment(
    `r.run_uuid IN (SELECT x.run_uuid FROM tags x WHERE x."key" = ? AND ${sql})`,
    comparison.field.key,
    ...params,
  );
}

/**
 * The table holds a NaN as the value 0 with `is_nan` set. MLflow 3.18 lets a NaN pass "!=" and nothing else;
 * older ones compare the 0. Infinities are held as the greatest double, and compared as that.
 */
function compileMetric(comparison: Comparison): SqlFragment {
  const { sql, params } = compileCondition('x.value', comparison);
  const value = comparison.comparator === '!=' ? `(${sql} OR x.is_nan = 1)` : `${sql} AND x.is_nan = 0`;
  return fragment(
    `EXISTS (SELECT 1 FROM latest_metrics x WHERE x."key" = ? AND x.run_uuid = r.run_uuid AND ${value})`,
    comparison.field.key,
    ...params,
  );
}

/** Holds where any data set of the run fits: two conditions may be met by two data sets. */
function compileDataset(comparison: Comparison): SqlFragment {
  const { key } = comparison.field;
  const ofRun = "i.destination_type = 'RUN' AND i.destination_id = r.run_uuid AND i.source_type = 'DATASET'";
  const inputs = 'SELECT 1 FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id';
  if (key === 'context') {
    const { sql, params } = compileCondition('c.value', comparison);
    return fragment(
      `EXISTS (${inputs} JOIN input_tags c ON c.input_uuid = i.input_uuid AND c.name = ? WHERE ${ofRun} AND ${sql})`,
      DATASET_CONTEXT_TAG,
      ...params,
    );
  }
  const { sql, params } = compileCondition(key === 'name' ? 'd.name' : 'd.digest', comparison);
  return { sql: `EXISTS (${inputs} WHERE ${ofRun} AND ${sql})`, params };
}

function sortValue({ field }: OrderStep, alias: string): SortValue {
  if (field.group !== 'metric' && field.group !== 'parameter' && field.group !== 'tag') {
    return { sql: columnOf(field.key) };
  }
  const table = TABLES[field.group].name;
  const join = fragment(
    `LEFT JOIN ${table} ${alias} ON ${alias}."key" = ? AND ${alias}.run_uuid = r.run_uuid`,
    field.key,
  );
  const isNan = field.group === 'metric' ? { isNan: `${alias}.is_nan` } : {};
  return { sql: `${alias}.value`, join, ...isNan };
}

function columnOf(attribute: string): string {
  const column = COLUMNS[attribute];
  if (column === undefined) {
    throw new RangeError(`no column for ${attribute}`);
  }
  return column;
}
