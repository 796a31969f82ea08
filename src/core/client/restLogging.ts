import type { TrackingStore } from '../stores/trackingStore.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { tagToJson } from '../wire/experimentJson.js';
import { datasetInputToJson, modelInputToJson, modelOutputToJson } from '../wire/inputsJson.js';
import { loggedMetricToJson, metricFromJson, runMetricFromJson } from '../wire/metricJson.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type LoggingCalls = Pick<
  TrackingStore,
  | 'logMetric'
  | 'logParam'
  | 'logBatch'
  | 'logInputs'
  | 'logOutputs'
  | 'getMetricHistory'
  | 'getMetricHistoryBulkInterval'
>;

export function restLogging(client: HttpClient): LoggingCalls {
  return {
    logMetric: async (runId, metric) => {
      await callApi(client, ENDPOINTS.logMetric, { run_id: runId, ...loggedMetricToJson(metric) });
    },
    logParam: async (runId, { key, value }) => {
      await callApi(client, ENDPOINTS.logParam, { run_id: runId, key, value });
    },
    logBatch: async ({ runId, metrics, params, tags }) => {
      await callApi(client, ENDPOINTS.logBatch, {
        run_id: runId,
        metrics: metrics.map(loggedMetricToJson),
        params: params.map(tagToJson),
        tags: tags.map(tagToJson),
      });
    },
    logInputs: async ({ runId, datasets, models }) => {
      await callApi(client, ENDPOINTS.logInputs, {
        run_id: runId,
        datasets: datasets.map(datasetInputToJson),
        models: models.map(modelInputToJson),
      });
    },
    logOutputs: async ({ runId, models }) => {
      await callApi(client, ENDPOINTS.logOutputs, { run_id: runId, models: models.map(modelOutputToJson) });
    },
    getMetricHistory: async ({ runId, key, maxResults, pageToken }) => {
      const values = { run_id: runId, metric_key: key, max_results: maxResults, page_token: pageToken };
      return pageOf(await callApi(client, ENDPOINTS.metricHistory, values), 'metrics', metricFromJson);
    },
    getMetricHistoryBulkInterval: async ({ runIds, key, maxResults, startStep, endStep }) => {
      const json = await callApi(client, ENDPOINTS.metricHistoryBulkInterval, {
        run_ids: runIds,
        metric_key: key,
        max_results: maxResults,
        start_step: startStep,
        end_step: endStep,
      });
      return pageOf(json, 'metrics', runMetricFromJson).items;
    },
  };
}
