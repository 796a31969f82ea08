import { enumeration, int64, listOf, messageOf, string } from '../messageTypes.js';
import { isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { KEY_VALUE } from './messages.js';

export const VIEW_TYPE = enumeration(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']);

export const CREATE_EXPERIMENT = defineRequest(
  { name: string, artifact_location: string, tags: listOf(messageOf(KEY_VALUE)) },
  { name: [required, isString], artifact_location: [isString], tags: [isArray] },
);

/** Get, delete and restore. */
export const ONE_EXPERIMENT = defineRequest(
  { experiment_id: string },
  { experiment_id: [required, isString] },
);

export const GET_EXPERIMENT_BY_NAME = defineRequest(
  { experiment_name: string },
  { experiment_name: [required, isString] },
);

export const UPDATE_EXPERIMENT = defineRequest(
  { experiment_id: string, new_name: string },
  { experiment_id: [required, isString], new_name: [isString, required] },
);

export const SEARCH_EXPERIMENTS = defineRequest(
  { max_results: int64, page_token: string, filter: string, order_by: listOf(string), view_type: VIEW_TYPE },
  {
    view_type: [isIntLike],
    max_results: [isIntLike],
    order_by: [isArray],
    filter: [isString],
    page_token: [isString],
  },
);

export const SET_EXPERIMENT_TAG = defineRequest(
  { experiment_id: string, key: string, value: string },
  { experiment_id: [required, isString], key: [required, isString], value: [isString] },
);

export const DELETE_EXPERIMENT_TAG = defineRequest(
  { experiment_id: string, key: string },
  { experiment_id: [required, isString], key: [required, isString] },
);
