import { LIMITS } from '../../base/limits.js';
import { RUN_STATUSES } from '../../domain/run.js';
import { enumeration, int32, int64, listOf, messageOf, string } from '../messageTypes.js';
import { atMost, holdsStrings, isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { VIEW_TYPE } from './experiments.js';
import { KEY_VALUE } from './messages.js';

export const CREATE_RUN = defineRequest(
  {
    experiment_id: string,
    user_id: string,
    run_name: string,
    start_time: int64,
    tags: listOf(messageOf(KEY_VALUE)),
  },
  { experiment_id: [isString], start_time: [isIntLike], run_name: [isString] },
);

/** Get, delete and restore. `run_uuid` is the older name of `run_id`. */
export const ONE_RUN = defineRequest({ run_id: string, run_uuid: string }, { run_id: [required, isString] });

export const UPDATE_RUN = defineRequest(
  { run_id: string, run_uuid: string, status: enumeration(RUN_STATUSES), end_time: int64, run_name: string },
  { run_id: [required, isString], end_time: [isIntLike], status: [isString], run_name: [isString] },
);

/** Not in MLflow's API, whose servers pass over fields that they do not know. */
const RUN_EXCERPT = { metric: string, tags: listOf(string) };

export const SEARCH_RUNS = defineRequest(
  {
    experiment_ids: listOf(string),
    filter: string,
    run_view_type: VIEW_TYPE,
    max_results: int32,
    order_by: listOf(string),
    page_token: string,
    workbench_excerpt: messageOf(RUN_EXCERPT),
  },
  {
    experiment_ids: [isArray],
    filter: [isString],
    max_results: [isIntLike, atMost(LIMITS.searchRunsMax)],
    order_by: [isArray, holdsStrings],
  },
);

export const SET_TAG = defineRequest(
  { run_id: string, run_uuid: string, key: string, value: string },
  { run_id: [required, isString], key: [required, isString], value: [isString] },
);

export const DELETE_TAG = defineRequest(
  { run_id: string, key: string },
  { run_id: [required, isString], key: [required, isString] },
);
