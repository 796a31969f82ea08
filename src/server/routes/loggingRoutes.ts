import { LIMITS } from '../../core/base/limits.js';
import type { DatasetInput } from '../../core/domain/inputs.js';
import type { Metric } from '../../core/domain/run.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import type { Message } from '../../core/wire/messageTypes.js';
import {
  LOG_BATCH,
  LOG_INPUTS,
  LOG_METRIC,
  LOG_MODEL,
  LOG_OUTPUTS,
  LOG_PARAM,
} from '../../core/wire/requests/logging.js';
import type { DATASET_INPUT, METRIC } from '../../core/wire/requests/messages.js';
import { keyValues } from './keyValues.js';
import { recordModel } from './recordModel.js';
import type { Route } from './route.js';
import { runCall, runIdOf } from './runCall.js';

/** A dataset's schema and profile may be long: up to 18 MB by MLflow's limits. */
const INPUTS_BYTES = 64_000_000;

export const LOGGING_ROUTES: readonly Route[] = [
  ...runCall(ENDPOINTS.logMetric, LOG_METRIC, async (message, { store }) => {
    await store.logMetric(runIdOf(message), metricOf(message));
    return {};
  }),
  ...runCall(ENDPOINTS.logParam, LOG_PARAM, async (message, { store }) => {
    await store.logParam(runIdOf(message), { key: message.key ?? '', value: message.value ?? '' });
    return {};
  }),
  ...runCall(
    ENDPOINTS.logBatch,
    LOG_BATCH,
    async (message, { store }) => {
      await store.logBatch({
        runId: message.run_id ?? '',
        metrics: message.metrics.map(metricOf),
        params: keyValues(message.params),
        tags: keyValues(message.tags),
      });
      return {};
    },
    { bodyLimit: LIMITS.batchBytes },
  ),
  ...runCall(
    ENDPOINTS.logInputs,
    LOG_INPUTS,
    async (message, { store }) => {
      await store.logInputs({
        runId: message.run_id ?? '',
        datasets: message.datasets.map(datasetInputOf),
        models: message.models.map(({ model_id: modelId = '' }) => ({ modelId })),
      });
      return {};
    },
    { bodyLimit: INPUTS_BYTES },
  ),
  ...runCall(ENDPOINTS.logOutputs, LOG_OUTPUTS, async (message, { store }) => {
    const models = message.models.map(({ model_id: modelId = '', step = 0 }) => ({ modelId, step }));
    await store.logOutputs({ runId: message.run_id ?? '', models });
    return {};
  }),
  ...runCall(ENDPOINTS.logModel, LOG_MODEL, async (message, { store }) => {
    await recordModel(store, message.run_id ?? '', message.model_json ?? '');
    return {};
  }),
];

function metricOf(message: Message<typeof METRIC>): Metric {
  return {
    key: message.key ?? '',
    value: message.value ?? 0,
    timestamp: message.timestamp ?? 0,
    step: message.step ?? 0,
    ...(message.model_id && { modelId: message.model_id }),
    ...(message.dataset_name && { datasetName: message.dataset_name }),
    ...(message.dataset_digest && { datasetDigest: message.dataset_digest }),
  };
}

function datasetInputOf({ dataset, tags }: Message<typeof DATASET_INPUT>): DatasetInput {
  return {
    tags: keyValues(tags),
    dataset: {
      name: dataset?.name ?? '',
      digest: dataset?.digest ?? '',
      sourceType: dataset?.source_type ?? '',
      source: dataset?.source ?? '',
      ...(dataset?.schema && { schema: dataset.schema }),
      ...(dataset?.profile && { profile: dataset.profile }),
    },
  };
}
