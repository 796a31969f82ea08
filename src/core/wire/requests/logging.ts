import { listOf, messageOf, string } from '../messageTypes.js';
import { eachHas, isArray, isFloatLike, isIntLike, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { DATASET_INPUT, KEY_VALUE, METRIC, MODEL_INPUT, MODEL_OUTPUT } from './messages.js';

export const LOG_METRIC = defineRequest(
  { ...METRIC, run_uuid: string },
  {
    run_id: [required, isString],
    key: [required, isString],
    value: [required, isFloatLike],
    timestamp: [isIntLike, required],
    step: [isIntLike],
    model_id: [isString],
    dataset_name: [isString],
    dataset_digest: [isString],
  },
);

export const LOG_PARAM = defineRequest(
  { run_id: string, run_uuid: string, key: string, value: string },
  { run_id: [required, isString], key: [required, isString], value: [isString] },
);

export const LOG_BATCH = defineRequest(
  {
    run_id: string,
    metrics: listOf(messageOf(METRIC)),
    params: listOf(messageOf(KEY_VALUE)),
    tags: listOf(messageOf(KEY_VALUE)),
  },
  {
    run_id: [isString, required],
    metrics: [isArray, eachHas('metrics', ['key', 'value', 'timestamp'])],
    params: [isArray, eachHas('params', ['key'])],
    tags: [isArray, eachHas('tags', ['key'])],
  },
);

export const LOG_INPUTS = defineRequest(
  { run_id: string, datasets: listOf(messageOf(DATASET_INPUT)), models: listOf(messageOf(MODEL_INPUT)) },
  { run_id: [required, isString], datasets: [isArray], models: [isArray] },
);

export const LOG_OUTPUTS = defineRequest(
  { run_id: string, models: listOf(messageOf(MODEL_OUTPUT)) },
  { run_id: [required, isString], models: [required, isArray] },
);

export const LOG_MODEL = defineRequest(
  { run_id: string, model_json: string },
  { run_id: [isString, required], model_json: [isString, required] },
);
