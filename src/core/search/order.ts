import { invalidParameter } from '../base/errors.js';
import type { LoggedModelOrder } from '../stores/trackingStore.js';
import type { FieldReference, OrderBy } from './ast.js';
import {
  EXPERIMENT_SEARCH,
  LOGGED_MODEL_SEARCH,
  MODEL_VERSION_SEARCH,
  REGISTERED_MODEL_SEARCH,
  EVALUATION_DATASET_SEARCH,
  RUN_SEARCH,
  TRACE_SEARCH,
} from './entities.js';
import { parseField } from './parseField.js';
import { checkNoDuplicates, parseOrderBy } from './parseOrderBy.js';

/** A data set that a metric was measured on; what is absent may be anything. */
export interface DatasetChoice {
  readonly name?: string;
  readonly digest?: string;
}

/**
 * One step of an order that is complete: the last step always tells two things apart. With `missingLast`,
 * values come first, then NaN, then nothing, in both directions; without it SQLite's own order holds, where
 * nothing is less than anything.
 */
export interface OrderStep extends OrderBy {
  readonly missingLast: boolean;
  /** For metrics of logged models. */
  readonly dataset?: DatasetChoice;
}

/**
 * The order of runs: as asked, then by start time, the newest first, then by id.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planRunOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, RUN_SEARCH);
  checkNoDuplicates(asked);
  const steps = asked.map((order) => ({ ...order, missingLast: true }));
  return withTieBreaks(steps, [step('start_time', false), step('run_id', true)]);
}

/**
 * The order of traces: as asked, then by time, the newest first, then by id.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planTraceOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, TRACE_SEARCH);
  checkNoDuplicates(asked);
  const steps = asked.map((order) => ({ ...order, missingLast: true }));
  return withTieBreaks(steps, [step('timestamp_ms', false), step('request_id', true)]);
}

/**
 * The order of evaluation datasets: as asked, else the newest first, then by id, downwards.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planDatasetOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, EVALUATION_DATASET_SEARCH);
  const steps = asked.map((order) => ({ ...order, missingLast: false }));
  return withTieBreaks(steps.length > 0 ? steps : [step('created_time', false)], [step('dataset_id', false)]);
}

/**
 * The order of experiments: the newest first unless asked otherwise. MLflow breaks ties by id, downwards
 * where an order was asked for, upwards where none was.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planExperimentOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, EXPERIMENT_SEARCH);
  if (asked.length === 0) {
    return [step('creation_time', false), step('experiment_id', true)];
  }
  const steps = asked.map((order) => ({ ...order, missingLast: false }));
  return withTieBreaks(steps, [step('experiment_id', false)]);
}

/**
 * The order of logged models: as asked, then the newest first, then by id.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planLoggedModelOrder(orders: readonly LoggedModelOrder[]): OrderStep[] {
  const steps = orders.map(loggedModelStep);
  return withTieBreaks(steps, [step('creation_timestamp_ms', false), step('model_id', true)]);
}

/**
 * The order of registered models: as asked, then by name.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planRegisteredModelOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, REGISTERED_MODEL_SEARCH);
  checkNoDuplicates(asked);
  const steps = asked.map((order) => ({ ...order, missingLast: false }));
  return withTieBreaks(steps, [step('name', true)]);
}

/**
 * The order of model versions: the last changed first unless asked otherwise, then by name, then the newest first.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function planModelVersionOrder(clauses: readonly string[]): OrderStep[] {
  const asked = parseOrderBy(clauses, MODEL_VERSION_SEARCH);
  checkNoDuplicates(asked);
  const steps =
    asked.length === 0
      ? [step('last_updated_timestamp', false)]
      : asked.map((order) => ({ ...order, missingLast: false }));
  return withTieBreaks(steps, [step('name', true), step('version_number', false)]);
}

/** Here MLflow takes what follows `metrics.` as it stands: nothing is quoted. */
function loggedModelStep(order: LoggedModelOrder): OrderStep {
  const dot = order.fieldName.indexOf('.');
  const entity = order.fieldName.slice(0, dot);
  if (dot >= 0 && entity !== 'metrics') {
    throw invalidParameter(`Invalid order by field name: ${order.fieldName}. Only metrics are supported.`);
  }
  const field: FieldReference =
    dot >= 0
      ? { group: 'metric', key: order.fieldName.slice(dot + 1) }
      : parseField(order.fieldName, LOGGED_MODEL_SEARCH, 'order_by').field;
  const dataset: DatasetChoice = {
    ...(order.datasetName ? { name: order.datasetName } : {}),
    ...(order.datasetDigest ? { digest: order.datasetDigest } : {}),
  };
  return { field, ascending: order.ascending, missingLast: true, dataset };
}

function step(attribute: string, ascending: boolean): OrderStep {
  return { field: { group: 'attribute', key: attribute }, ascending, missingLast: false };
}

function withTieBreaks(steps: readonly OrderStep[], tieBreaks: readonly OrderStep[]): OrderStep[] {
  const isNamed = (tieBreak: OrderStep) =>
    steps.some(({ field }) => field.group === 'attribute' && field.key === tieBreak.field.key);
  return [...steps, ...tieBreaks.filter((tieBreak) => !isNamed(tieBreak))];
}
