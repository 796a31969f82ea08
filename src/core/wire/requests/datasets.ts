import { int32, listOf, string } from '../messageTypes.js';
import { isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';

/** Tags are JSON text in these requests, and so are records. */
export const CREATE_DATASET = defineRequest(
  { name: string, experiment_ids: listOf(string), tags: string },
  { name: [required, isString], experiment_ids: [isArray], tags: [isString] },
);

export const SEARCH_EVALUATION_DATASETS = defineRequest(
  {
    experiment_ids: listOf(string),
    filter_string: string,
    max_results: int32,
    order_by: listOf(string),
    page_token: string,
  },
  {
    experiment_ids: [isArray],
    filter_string: [isString],
    max_results: [isIntLike],
    order_by: [isArray],
    page_token: [isString],
  },
);

export const SET_DATASET_TAGS = defineRequest({ tags: string }, { tags: [required, isString] });

export const UPSERT_DATASET_RECORDS = defineRequest({ records: string }, { records: [required, isString] });

export const GET_DATASET_RECORDS = defineRequest(
  { max_results: int32, page_token: string },
  { max_results: [isIntLike], page_token: [isString] },
);

export const DELETE_DATASET_RECORDS = defineRequest(
  { dataset_record_ids: listOf(string) },
  { dataset_record_ids: [isArray] },
);

/** Add and remove. */
export const DATASET_EXPERIMENTS = defineRequest(
  { experiment_ids: listOf(string) },
  { experiment_ids: [isArray] },
);

export const SEARCH_DATASETS = defineRequest({ experiment_ids: listOf(string) }, {});
