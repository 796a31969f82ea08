import { LIMITS } from '../../base/limits.js';
import { int64, listOf, messageOf, string } from '../messageTypes.js';
import { atMost, holdsStrings, isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { KEY_VALUE } from './messages.js';

/** For parameters that are texts and have to be there. */
const someText = [isString, required];

export const CREATE_REGISTERED_MODEL = defineRequest(
  { name: string, tags: listOf(messageOf(KEY_VALUE)), description: string, deployment_job_id: string },
  { name: someText, tags: [isArray], description: [isString] },
);

/** Get and delete. */
export const ONE_REGISTERED_MODEL = defineRequest({ name: string }, { name: someText });

export const UPDATE_REGISTERED_MODEL = defineRequest(
  { name: string, description: string, deployment_job_id: string },
  { name: someText, description: [isString] },
);

export const RENAME_REGISTERED_MODEL = defineRequest(
  { name: string, new_name: string },
  { name: someText, new_name: someText },
);

const SEARCH = { filter: string, max_results: int64, order_by: listOf(string), page_token: string };

export const SEARCH_REGISTERED_MODELS = defineRequest(SEARCH, {
  filter: [isString],
  max_results: [isIntLike, atMost(LIMITS.searchRegisteredModelsMax)],
  order_by: [isArray, holdsStrings],
  page_token: [isString],
});

export const SEARCH_MODEL_VERSIONS = defineRequest(SEARCH, {
  ...SEARCH_REGISTERED_MODELS.checks,
  max_results: [isIntLike, atMost(LIMITS.searchModelVersionsMax)],
});

export const GET_LATEST_VERSIONS = defineRequest(
  { name: string, stages: listOf(string) },
  { name: someText, stages: [isArray, holdsStrings] },
);

export const SET_REGISTERED_MODEL_TAG = defineRequest(
  { name: string, key: string, value: string },
  { name: someText, key: someText, value: [isString] },
);

export const DELETE_REGISTERED_MODEL_TAG = defineRequest(
  { name: string, key: string },
  { name: someText, key: someText },
);

export const SET_ALIAS = defineRequest(
  { name: string, alias: string, version: string },
  { name: someText, alias: someText, version: someText },
);

/** Get and delete. */
export const ONE_ALIAS = defineRequest({ name: string, alias: string }, { name: someText, alias: someText });
