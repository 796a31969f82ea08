import type { Experiment } from '../domain/experiment.js';
import type { LoggedModel } from '../domain/loggedModel.js';
import type { Run } from '../domain/run.js';
import { MODEL_STATUS_NAMES } from './entities.js';
import type { FieldValue } from './evaluate.js';
import type { DatasetChoice, OrderStep } from './order.js';
import { experimentReader, loggedModelReader, runAttribute, runReader } from './readers.js';
import { compareText } from './text.js';

/** Reads what one step of an order sorts by. */
type StepReader<T> = (item: T, step: OrderStep) => FieldValue | undefined;

/** Orders runs in memory as the SQL does, for `Array.sort`. */
export function compareRuns(steps: readonly OrderStep[]): (a: Run, b: Run) => number {
  // Filters go by the tag with the name, order_by by the attribute: so does MLflow.
  return comparator(steps, (run, { field }) =>
    field.group === 'attribute' ? runAttribute(run, field.key) : runReader(run)(field)[0],
  );
}

/** Orders experiments in memory as the SQL does. */
export function compareExperiments(steps: readonly OrderStep[]): (a: Experiment, b: Experiment) => number {
  return comparator(steps, (experiment, { field }) => experimentReader(experiment)(field)[0]);
}

/**
 * Orders logged models in memory as the SQL does.
 * @param datasets only metrics measured on one of these count; on anything where empty
 */
export function compareLoggedModels(
  steps: readonly OrderStep[],
  datasets: readonly DatasetChoice[] = [],
): (a: LoggedModel, b: LoggedModel) => number {
  return comparator(steps, (model, { field, dataset }) => {
    const value = loggedModelReader(model, datasets, dataset)(field)[0];
    // The table holds a number for the status, and that is what is sorted.
    return field.key === 'status' && field.group === 'attribute'
      ? MODEL_STATUS_NAMES.findIndex((name) => name === value)
      : value;
  });
}

function comparator<T>(steps: readonly OrderStep[], read: StepReader<T>): (a: T, b: T) => number {
  return (a, b) => {
    for (const step of steps) {
      const order = compareAt(step, read(a, step), read(b, step));
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  };
}

function compareAt(step: OrderStep, a: FieldValue | undefined, b: FieldValue | undefined): number {
  const rank = step.missingLast ? rankOf(a) - rankOf(b) : 0;
  return rank || (step.ascending ? compareValues(a, b) : -compareValues(a, b));
}

/** Values first, then NaN, then nothing. */
function rankOf(value: FieldValue | undefined): number {
  return value === undefined ? 2 : Number.isNaN(value) ? 1 : 0;
}

function compareValues(a: FieldValue | undefined, b: FieldValue | undefined): number {
  if (a === undefined || b === undefined) {
    return Number(a !== undefined) - Number(b !== undefined);
  }
  if (typeof a === 'string' || typeof b === 'string') {
    return compareText(String(a), String(b));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
