import { invalidParameter } from '../base/errors.js';
import type { ViewType } from '../domain/experiment.js';
import { fragment, type SqlFragment } from './sql.js';

/**
 * Experiment ids as MLflow's tables hold them, as numbers.
 * @throws MlflowError INVALID_PARAMETER_VALUE for anything but digits
 */
export function parseExperimentIds(ids: readonly string[]): number[] {
  return ids.map((id) => {
    const value = /^\d+$/.test(id) ? Number(id) : Number.NaN;
    if (!Number.isSafeInteger(value)) {
      throw invalidParameter(`Invalid experiment ID: '${id}'. Experiment ID must be a valid integer.`);
    }
    return value;
  });
}

const STAGES: Readonly<Record<ViewType, string>> = {
  ACTIVE_ONLY: "('active')",
  DELETED_ONLY: "('deleted')",
  ALL: "('active', 'deleted')",
};

/** The condition that a row is in one of the lifecycle stages of `viewType`. */
export function inLifecycle(alias: string, viewType: ViewType): SqlFragment {
  return fragment(`${alias}.lifecycle_stage IN ${STAGES[viewType]}`);
}
