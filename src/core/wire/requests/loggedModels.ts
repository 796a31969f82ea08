import { LOGGED_MODEL_STATUSES } from '../../domain/loggedModel.js';
import { bool, enumeration, int32, listOf, messageOf, string } from '../messageTypes.js';
import { holdsStrings, isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { KEY_VALUE } from './messages.js';

export const CREATE_LOGGED_MODEL = defineRequest(
  {
    experiment_id: string,
    name: string,
    model_type: string,
    source_run_id: string,
    params: listOf(messageOf(KEY_VALUE)),
    tags: listOf(messageOf(KEY_VALUE)),
  },
  {
    experiment_id: [isString, required],
    name: [isString],
    model_type: [isString],
    source_run_id: [isString],
    params: [isArray],
    tags: [isArray],
  },
);

export const FINALIZE_LOGGED_MODEL = defineRequest(
  { model_id: string, status: enumeration(LOGGED_MODEL_STATUSES) },
  { model_id: [isString, required], status: [isIntLike, required] },
);

export const LOG_LOGGED_MODEL_PARAMS = defineRequest(
  { model_id: string, params: listOf(messageOf(KEY_VALUE)) },
  { model_id: [isString, required], params: [isArray] },
);

export const SET_LOGGED_MODEL_TAGS = defineRequest(
  { model_id: string, tags: listOf(messageOf(KEY_VALUE)) },
  { tags: [isArray] },
);

const DATASET = { dataset_name: string, dataset_digest: string };

export const SEARCH_LOGGED_MODELS = defineRequest(
  {
    experiment_ids: listOf(string),
    filter: string,
    datasets: listOf(messageOf(DATASET)),
    max_results: int32,
    order_by: listOf(messageOf({ field_name: string, ascending: bool, ...DATASET })),
    page_token: string,
  },
  {
    experiment_ids: [isArray, holdsStrings, required],
    filter: [isString],
    datasets: [isArray],
    max_results: [isIntLike],
    order_by: [isArray],
    page_token: [isString],
  },
);
