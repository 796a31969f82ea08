import { LIMITS } from '../../base/limits.js';
import { int32, listOf, string } from '../messageTypes.js';
import {
  holdsStrings,
  isArray,
  isIntLike,
  isString,
  type ParameterCheck,
  required,
  within,
} from './checks.js';
import { defineRequest } from './definition.js';

/** The most points of one run that `get-history-bulk-interval` answers. */
export const MAX_INTERVAL_RESULTS = 2500;

export const METRIC_HISTORY = defineRequest(
  { run_id: string, run_uuid: string, metric_key: string, page_token: string, max_results: int32 },
  { run_id: [isString, required], metric_key: [isString, required], page_token: [isString] },
);

const fewRuns: ParameterCheck = (value) => {
  const count = Array.isArray(value) ? value.length : 0;
  return count <= LIMITS.bulkHistoryRuns
    ? undefined
    : `GetMetricHistoryBulkInterval request must specify at most ${LIMITS.bulkHistoryRuns} run_ids. ` +
        `Received ${count} run_ids.`;
};

export const METRIC_HISTORY_INTERVAL = defineRequest(
  { run_ids: listOf(string), metric_key: string, start_step: int32, end_step: int32, max_results: int32 },
  {
    run_ids: [required, isArray, holdsStrings, fewRuns],
    metric_key: [required, isString],
    start_step: [isIntLike],
    end_step: [isIntLike],
    max_results: [
      isIntLike,
      within(1, MAX_INTERVAL_RESULTS, `max_results must be between 1 and ${MAX_INTERVAL_RESULTS}.`),
    ],
  },
);
