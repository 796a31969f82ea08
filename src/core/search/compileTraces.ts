import { invalidParameter } from '../base/errors.js';
import { TRACE_METADATA, TRACE_TAGS } from '../domain/trace.js';
import type { Comparison, FilterExpression } from './ast.js';
import { compileAssessment, compileIssue } from './compileAssessments.js';
import { compileOrder, type SortValue } from './compileOrder.js';
import { compileSpans, isAboutSpan } from './compileSpans.js';
import { TRACE_SEARCH } from './entities.js';
import type { CompiledSearch } from './keyset.js';
import { type OrderStep, planTraceOrder } from './order.js';
import { parseFilter } from './parseFilter.js';
import { parseExperimentIds } from './scope.js';
import {
  allOf,
  compileCondition,
  compileExpression,
  compileKeyed,
  fragment,
  type HasTable,
  isOneOf,
  type SqlFragment,
} from './sql.js';

/** What to search traces by. */
export interface TraceSearch {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly orderBy: readonly string[];
}

const COLUMNS: Readonly<Record<string, string>> = {
  request_id: 't.request_id',
  experiment_id: 't.experiment_id',
  timestamp_ms: 't.timestamp_ms',
  execution_time_ms: 't.execution_time_ms',
  end_time_ms: '(t.timestamp_ms + coalesce(t.execution_time_ms, 0))',
  status: 't.status',
  client_request_id: 't.client_request_id',
};

const TABLES = {
  tag: { name: 'trace_tags', key: '"key"', value: 'value', owner: 'request_id' },
  metadata: { name: 'trace_request_metadata', key: '"key"', value: 'value', owner: 'request_id' },
} as const;

/** Attributes that are tags or metadata in truth. */
const MAPPED: Readonly<Record<string, Comparison['field']>> = {
  name: { group: 'tag', key: TRACE_TAGS.name },
  prompt: { group: 'tag', key: TRACE_TAGS.linkedPrompts },
  run_id: { group: 'metadata', key: TRACE_METADATA.sourceRun },
};

/** Tags and metadata that newer databases keep in columns. */
const PROMOTED: Readonly<Record<string, string>> = {
  [TRACE_TAGS.name]: 'trace_name',
  [TRACE_METADATA.session]: 'session_id',
};

/** Metadata that newer databases keep in several columns each; any of these says whether there is some. */
const SPLIT: Readonly<Record<string, string>> = {
  [TRACE_METADATA.tokenUsage]: 'coalesce(t.input_tokens, t.output_tokens, t.total_tokens)',
  [TRACE_METADATA.cost]: 'coalesce(t.input_cost, t.output_cost, t.total_cost)',
};

/**
 * Compiles a search for traces over MLflow's tables; the alias of `trace_info` is `t`.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileTraces(search: TraceSearch, has: HasTable): CompiledSearch {
  const where = allOf([
    isOneOf('t.experiment_id', parseExperimentIds(search.experimentIds)),
    compileFilter(parseFilter(search.filter, TRACE_SEARCH), has),
  ]);
  const order = planTraceOrder(search.orderBy);
  return { where, ...compileOrder('trace_info t', order, (step, alias) => sortValue(step, alias, has)) };
}

/** Conditions on spans that stand together are conditions on one span. */
function compileFilter(filter: FilterExpression, has: HasTable): SqlFragment {
  const operands = filter.kind === 'and' ? filter.operands : [filter];
  const aboutSpan = operands.filter((operand) => operand.kind === 'comparison').filter(isAboutSpan);
  const others = operands.filter((operand) => operand.kind !== 'comparison' || !isAboutSpan(operand));
  return allOf([
    ...(aboutSpan.length > 0 ? [compileSpans(aboutSpan, has)] : []),
    compileExpression({ kind: 'and', operands: others }, (comparison) => compileComparison(comparison, has)),
  ]);
}

function compileComparison(comparison: Comparison, has: HasTable): SqlFragment {
  const { group, key } = comparison.field;
  switch (group) {
    case 'tag':
    case 'metadata':
      return compileKeyValue(comparison, group, has);
    case 'feedback':
    case 'expectation':
      return compileAssessment(comparison, has);
    case 'issue':
      return compileIssue(comparison, has);
    case 'span':
      return compileSpans([comparison], has);
    default: {
      const field = MAPPED[key];
      if (field !== undefined) {
        return compileComparison({ ...comparison, field }, has);
      }
      return isAboutSpan(comparison)
        ? compileSpans([comparison], has)
        : compileCondition(columnOf(key, has), comparison);
    }
  }
}

function compileKeyValue(comparison: Comparison, group: 'tag' | 'metadata', has: HasTable): SqlFragment {
  const { key } = comparison.field;
  if (comparison.comparator === '=' && typeof comparison.value === 'string') {
    if (key === TRACE_TAGS.linkedPrompts) {
      return compilePrompt(comparison.value, has);
    }
    if (key === TRACE_METADATA.sourceRun) {
      return compileRun(comparison, comparison.value, has);
    }
  }
  const column = promotedColumn(key, has);
  if (column !== undefined) {
    return compileCondition(column, comparison);
  }
  if (isSplit(key, has)) {
    if (comparison.value !== null) {
      throw invalidParameter(
        `Comparator '${comparison.comparator}' is not supported for reserved metadata '${key}'.`,
      );
    }
    return compileCondition(SPLIT[key] ?? 'NULL', comparison);
  }
  return compileKeyed(TABLES[group], 't.request_id', comparison);
}

function promotedColumn(key: string, has: HasTable): string | undefined {
  const column = PROMOTED[key];
  return column !== undefined && has('trace_info', column) ? `t.${column}` : undefined;
}

function isSplit(key: string, has: HasTable): boolean {
  return Object.hasOwn(SPLIT, key) && has('trace_info', 'input_tokens');
}

/** Traces of a run are those that were made in it, and those that were linked to it later. */
function compileRun(comparison: Comparison, runId: string, has: HasTable): SqlFragment {
  const made = compileKeyed(TABLES.metadata, 't.request_id', comparison);
  const linked = compileLink('run', runId, has);
  return fragment(`(${made.sql} OR ${linked.sql})`, ...made.params, ...linked.params);
}

function compilePrompt(prompt: string, has: HasTable): SqlFragment {
  if (prompt.split('/').length !== 2) {
    throw invalidParameter(
      `Invalid prompts filter value '${prompt}'. Expected format: prompt = "name/version"`,
    );
  }
  return compileLink('prompt_version', prompt, has);
}

function compileLink(type: string, id: string, has: HasTable): SqlFragment {
  return has('entity_associations')
    ? fragment(
        "EXISTS (SELECT 1 FROM entity_associations x WHERE x.source_type = 'trace' " +
          'AND x.source_id = t.request_id AND x.destination_type = ? AND x.destination_id = ?)',
        type,
        id,
      )
    : fragment('0');
}

function sortValue({ field }: OrderStep, alias: string, has: HasTable): SortValue {
  const { group, key } = (field.group === 'attribute' ? MAPPED[field.key] : undefined) ?? field;
  if (group !== 'tag' && group !== 'metadata') {
    return { sql: columnOf(key, has) };
  }
  const column = promotedColumn(key, has);
  if (column !== undefined) {
    return { sql: column };
  }
  if (isSplit(key, has)) {
    throw invalidParameter(
      `Ordering by reserved metadata '${key}' is not supported because it is represented by multiple columns.`,
    );
  }
  const join = fragment(
    `LEFT JOIN ${TABLES[group].name} ${alias} ON ${alias}."key" = ? AND ${alias}.request_id = t.request_id`,
    key,
  );
  return { sql: `${alias}.value`, join };
}

function columnOf(attribute: string, has: HasTable): string {
  const column = COLUMNS[attribute];
  if (column === undefined) {
    throw invalidParameter(`Invalid attribute key '${attribute}' specified.`);
  }
  return attribute === 'client_request_id' && !has('trace_info', attribute) ? 'NULL' : column;
}
