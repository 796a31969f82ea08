import type { SearchLoggedModels, TrackingStore } from '../stores/trackingStore.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { tagToJson } from '../wire/experimentJson.js';
import { loggedModelFromJson } from '../wire/loggedModelJson.js';
import { member } from '../wire/readJson.js';
import { callApi, type Values } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type LoggedModelCalls = Pick<
  TrackingStore,
  | 'createLoggedModel'
  | 'getLoggedModel'
  | 'finalizeLoggedModel'
  | 'deleteLoggedModel'
  | 'logLoggedModelParams'
  | 'setLoggedModelTags'
  | 'deleteLoggedModelTag'
  | 'searchLoggedModels'
>;

export function restLoggedModels(client: HttpClient): LoggedModelCalls {
  return {
    createLoggedModel: async ({ experimentId, name, modelType, sourceRunId, params, tags }) => {
      const json = await callApi(client, ENDPOINTS.createLoggedModel, {
        experiment_id: experimentId,
        name,
        model_type: modelType,
        source_run_id: sourceRunId,
        params: params.map(tagToJson),
        tags: tags.map(tagToJson),
      });
      return loggedModelFromJson(member(json, 'model'));
    },
    getLoggedModel: async (modelId) => {
      const json = await callApi(client, ENDPOINTS.getLoggedModel, {}, { params: { model_id: modelId } });
      return loggedModelFromJson(member(json, 'model'));
    },
    finalizeLoggedModel: async (modelId, status) => {
      const values = { model_id: modelId, status };
      const json = await callApi(client, ENDPOINTS.finalizeLoggedModel, values, {
        params: { model_id: modelId },
      });
      return loggedModelFromJson(member(json, 'model'));
    },
    deleteLoggedModel: async (modelId) => {
      await callApi(client, ENDPOINTS.deleteLoggedModel, {}, { params: { model_id: modelId } });
    },
    logLoggedModelParams: async (modelId, params) => {
      const values = { model_id: modelId, params: params.map(tagToJson) };
      await callApi(client, ENDPOINTS.logLoggedModelParams, values, { params: { model_id: modelId } });
    },
    setLoggedModelTags: async (modelId, tags) => {
      const values = { tags: tags.map(tagToJson) };
      await callApi(client, ENDPOINTS.setLoggedModelTags, values, { params: { model_id: modelId } });
    },
    deleteLoggedModelTag: async (modelId, key) => {
      await callApi(
        client,
        ENDPOINTS.deleteLoggedModelTag,
        {},
        { params: { model_id: modelId, tag_key: key } },
      );
    },
    searchLoggedModels: async (query) => {
      const json = await callApi(client, ENDPOINTS.searchLoggedModels, searchValues(query), { reads: true });
      return pageOf(json, 'models', loggedModelFromJson);
    },
  };
}

function searchValues({
  experimentIds,
  filter,
  datasets,
  maxResults,
  orderBy,
  pageToken,
}: SearchLoggedModels): Values {
  return {
    experiment_ids: experimentIds,
    filter,
    datasets: datasets.map(({ name, digest }) => ({ dataset_name: name, dataset_digest: digest })),
    max_results: maxResults,
    order_by: orderBy.map(({ fieldName, ascending, datasetName, datasetDigest }) => ({
      field_name: fieldName,
      ascending,
      dataset_name: datasetName,
      dataset_digest: datasetDigest,
    })),
    page_token: pageToken,
  };
}
