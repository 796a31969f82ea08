import type { TrackingStore } from '../stores/trackingStore.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { experimentFromJson, tagToJson } from '../wire/experimentJson.js';
import { member, text } from '../wire/readJson.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type ExperimentCalls = Pick<
  TrackingStore,
  | 'createExperiment'
  | 'getExperiment'
  | 'getExperimentByName'
  | 'searchExperiments'
  | 'renameExperiment'
  | 'deleteExperiment'
  | 'restoreExperiment'
  | 'setExperimentTag'
  | 'deleteExperimentTag'
>;

export function restExperiments(client: HttpClient): ExperimentCalls {
  return {
    createExperiment: async ({ name, artifactLocation, tags }) => {
      const values = { name, artifact_location: artifactLocation, tags: tags.map(tagToJson) };
      return text(await callApi(client, ENDPOINTS.createExperiment, values), 'experiment_id');
    },
    getExperiment: async (experimentId) => {
      const json = await callApi(client, ENDPOINTS.getExperiment, { experiment_id: experimentId });
      return experimentFromJson(member(json, 'experiment'));
    },
    getExperimentByName: async (name) => {
      const json = await callApi(client, ENDPOINTS.getExperimentByName, { experiment_name: name });
      return experimentFromJson(member(json, 'experiment'));
    },
    searchExperiments: async ({ viewType, maxResults, filter, orderBy, pageToken }) => {
      const values = {
        view_type: viewType,
        max_results: maxResults,
        filter,
        order_by: orderBy,
        page_token: pageToken,
      };
      const json = await callApi(client, ENDPOINTS.searchExperiments, values, { reads: true });
      return pageOf(json, 'experiments', experimentFromJson);
    },
    renameExperiment: async (experimentId, newName) => {
      await callApi(client, ENDPOINTS.updateExperiment, { experiment_id: experimentId, new_name: newName });
    },
    deleteExperiment: async (experimentId) => {
      await callApi(client, ENDPOINTS.deleteExperiment, { experiment_id: experimentId });
    },
    restoreExperiment: async (experimentId) => {
      await callApi(client, ENDPOINTS.restoreExperiment, { experiment_id: experimentId });
    },
    setExperimentTag: async (experimentId, { key, value }) => {
      await callApi(client, ENDPOINTS.setExperimentTag, { experiment_id: experimentId, key, value });
    },
    deleteExperimentTag: async (experimentId, key) => {
      await callApi(client, ENDPOINTS.deleteExperimentTag, { experiment_id: experimentId, key });
    },
  };
}
