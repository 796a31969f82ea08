import { LIMITS } from '../../base/limits.js';
import { TRACE_STATES } from '../../domain/trace.js';
import {
  bool,
  duration,
  enumeration,
  int32,
  int64,
  listOf,
  messageOf,
  string,
  stringMap,
  timestamp,
} from '../messageTypes.js';
import { ASSESSMENT } from './assessments.js';
import { atMost, eachNeedsKey, holdsStrings, isArray, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { KEY_VALUE } from './messages.js';

const TRACE_LOCATION = { mlflow_experiment: messageOf({ experiment_id: string }) };

export const TRACE_INFO = {
  trace_id: string,
  client_request_id: string,
  trace_location: messageOf(TRACE_LOCATION),
  request_preview: string,
  response_preview: string,
  request_time: timestamp,
  execution_duration: duration,
  state: enumeration(TRACE_STATES, 0),
  trace_metadata: stringMap,
  assessments: listOf(messageOf(ASSESSMENT)),
  tags: stringMap,
};

export const START_TRACE = defineRequest(
  { trace: messageOf({ trace_info: messageOf(TRACE_INFO) }) },
  { trace: [required] },
);

export const GET_TRACE = defineRequest(
  { trace_id: string, allow_partial: bool },
  { trace_id: [isString, required] },
);

/** With and without spans. */
export const GET_TRACES = defineRequest(
  { trace_ids: listOf(string), experiment_ids: listOf(string) },
  { trace_ids: [isArray, required, holdsStrings], experiment_ids: [isArray, holdsStrings] },
);

const PAGE = { filter: string, max_results: int32, order_by: listOf(string), page_token: string };
const PAGE_CHECKS = {
  filter: [isString],
  max_results: [isIntLike, atMost(LIMITS.searchTracesMax)],
  order_by: [isArray, holdsStrings],
  page_token: [isString],
};

export const SEARCH_TRACES = defineRequest(
  { locations: listOf(messageOf(TRACE_LOCATION)), ...PAGE },
  { locations: [isArray, required], ...PAGE_CHECKS },
);

export const SEARCH_TRACES_V2 = defineRequest(
  { experiment_ids: listOf(string), ...PAGE },
  { experiment_ids: [isArray, holdsStrings, required], ...PAGE_CHECKS },
);

export const SET_TRACE_TAG = defineRequest(
  { key: string, value: string },
  { key: [isString, required], value: [isString] },
);

export const DELETE_TRACE_TAG = defineRequest({ key: string }, { key: [isString, required] });

export const DELETE_TRACES = defineRequest(
  { experiment_id: string, max_timestamp_millis: int64, max_traces: int32, request_ids: listOf(string) },
  {
    experiment_id: [isString, required],
    max_timestamp_millis: [isIntLike],
    max_traces: [isIntLike],
    request_ids: [isArray, holdsStrings],
  },
);

export const LINK_TRACES_TO_RUN = defineRequest(
  { trace_ids: listOf(string), run_id: string },
  { trace_ids: [isArray, required, holdsStrings], run_id: [isString, required] },
);

export const LINK_PROMPTS = defineRequest(
  { trace_id: string, prompt_versions: listOf(messageOf({ name: string, version: string })) },
  { trace_id: [isString, required], prompt_versions: [isArray, required] },
);

/** The states of traces as MLflow 2 calls them. */
const TRACE_STATUSES = ['TRACE_STATUS_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'] as const;

export const BEGIN_TRACE = defineRequest(
  {
    experiment_id: string,
    timestamp_ms: int64,
    request_metadata: listOf(messageOf(KEY_VALUE)),
    tags: listOf(messageOf(KEY_VALUE)),
  },
  {
    experiment_id: [isString],
    timestamp_ms: [isIntLike],
    request_metadata: [isArray, eachNeedsKey],
    tags: [isArray, eachNeedsKey],
  },
);

export const END_TRACE = defineRequest(
  {
    timestamp_ms: int64,
    status: enumeration(TRACE_STATUSES, 0),
    request_metadata: listOf(messageOf(KEY_VALUE)),
    tags: listOf(messageOf(KEY_VALUE)),
  },
  {
    timestamp_ms: [isIntLike],
    status: [isString],
    request_metadata: [isArray, eachNeedsKey],
    tags: [isArray, eachNeedsKey],
  },
);
