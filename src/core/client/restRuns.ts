import type { TrackingStore } from '../stores/trackingStore.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { tagToJson } from '../wire/experimentJson.js';
import { member } from '../wire/readJson.js';
import { runFromJson, runInfoFromJson } from '../wire/runJson.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type RunCalls = Pick<
  TrackingStore,
  'createRun' | 'getRun' | 'updateRun' | 'deleteRun' | 'restoreRun' | 'searchRuns' | 'setTag' | 'deleteTag'
>;

export function restRuns(client: HttpClient): RunCalls {
  return {
    createRun: async ({ experimentId, userId, runName, startTime, tags }) => {
      const json = await callApi(client, ENDPOINTS.createRun, {
        experiment_id: experimentId,
        user_id: userId,
        run_name: runName,
        start_time: startTime,
        tags: tags.map(tagToJson),
      });
      return runFromJson(member(json, 'run'));
    },
    getRun: async (runId) => {
      const json = await callApi(client, ENDPOINTS.getRun, { run_id: runId });
      return runFromJson(member(json, 'run'));
    },
    updateRun: async ({ runId, status, endTime, runName }) => {
      const json = await callApi(client, ENDPOINTS.updateRun, {
        run_id: runId,
        status,
        end_time: endTime,
        run_name: runName,
      });
      return runInfoFromJson(member(json, 'run_info'));
    },
    deleteRun: async (runId) => {
      await callApi(client, ENDPOINTS.deleteRun, { run_id: runId });
    },
    restoreRun: async (runId) => {
      await callApi(client, ENDPOINTS.restoreRun, { run_id: runId });
    },
    searchRuns: async ({ experimentIds, filter, viewType, maxResults, orderBy, pageToken, excerpt }) => {
      const values = {
        experiment_ids: experimentIds,
        filter,
        run_view_type: viewType,
        max_results: maxResults,
        order_by: orderBy,
        page_token: pageToken,
        workbench_excerpt: excerpt,
      };
      const json = await callApi(client, ENDPOINTS.searchRuns, values, { reads: true });
      return pageOf(json, 'runs', runFromJson);
    },
    setTag: async (runId, { key, value }) => {
      await callApi(client, ENDPOINTS.setTag, { run_id: runId, key, value });
    },
    deleteTag: async (runId, key) => {
      await callApi(client, ENDPOINTS.deleteTag, { run_id: runId, key });
    },
  };
}
