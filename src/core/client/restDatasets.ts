import type { DatasetStore } from '../stores/datasetStore.js';
import {
  datasetSummaryFromJson,
  evaluationDatasetFromJson,
  recordsOfText,
  tagsText,
} from '../wire/datasetJson.js';
import { AJAX_PREFIX, ENDPOINTS } from '../wire/endpoints.js';
import { int64In, listIn, member, optionalText, text } from '../wire/readJson.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

export function restDatasets(client: HttpClient): DatasetStore {
  return { ...restDatasetCalls(client), ...restRecordCalls(client), ...restExperimentCalls(client) };
}

type DatasetCalls = Pick<
  DatasetStore,
  | 'createDataset'
  | 'getDataset'
  | 'deleteDataset'
  | 'searchEvaluationDatasets'
  | 'setDatasetTags'
  | 'deleteDatasetTag'
>;

function restDatasetCalls(client: HttpClient): DatasetCalls {
  return {
    createDataset: async ({ name, experimentIds, tags }) => {
      const values = { name, experiment_ids: experimentIds, tags: tagsText(tags) };
      const json = await callApi(client, ENDPOINTS.createDataset, values);
      return evaluationDatasetFromJson(member(json, 'dataset'));
    },
    getDataset: async (datasetId) => {
      const json = await callApi(client, ENDPOINTS.getDataset, {}, { params: { dataset_id: datasetId } });
      return evaluationDatasetFromJson(member(json, 'dataset'));
    },
    deleteDataset: async (datasetId) => {
      await callApi(client, ENDPOINTS.deleteDataset, {}, { params: { dataset_id: datasetId } });
    },
    searchEvaluationDatasets: async ({ experimentIds, filter, maxResults, orderBy, pageToken }) => {
      const values = {
        experiment_ids: experimentIds,
        filter_string: filter,
        max_results: maxResults,
        order_by: orderBy,
        page_token: pageToken,
      };
      const json = await callApi(client, ENDPOINTS.searchEvaluationDatasets, values, { reads: true });
      return pageOf(json, 'datasets', evaluationDatasetFromJson);
    },
    setDatasetTags: async (datasetId, tags) => {
      const values = { tags: tagsText(tags) };
      await callApi(client, ENDPOINTS.setDatasetTags, values, { params: { dataset_id: datasetId } });
    },
    deleteDatasetTag: async (datasetId, key) => {
      await callApi(client, ENDPOINTS.deleteDatasetTag, {}, { params: { dataset_id: datasetId, key } });
    },
  };
}

type RecordCalls = Pick<DatasetStore, 'upsertDatasetRecords' | 'getDatasetRecords' | 'deleteDatasetRecords'>;

function restRecordCalls(client: HttpClient): RecordCalls {
  return {
    upsertDatasetRecords: async (datasetId, records) => {
      const json = await callApi(
        client,
        ENDPOINTS.upsertDatasetRecords,
        { records },
        { params: { dataset_id: datasetId } },
      );
      return {
        inserted: Number(int64In(json, 'inserted_count')),
        updated: Number(int64In(json, 'updated_count')),
      };
    },
    getDatasetRecords: async ({ datasetId, maxResults, pageToken }) => {
      const values = { max_results: maxResults, page_token: pageToken };
      const params = { dataset_id: datasetId };
      const json = await callApi(client, ENDPOINTS.getDatasetRecords, values, { params });
      const nextPageToken = optionalText(json, 'next_page_token');
      return {
        items: recordsOfText(text(json, 'records')),
        ...(nextPageToken !== undefined && { nextPageToken }),
      };
    },
    deleteDatasetRecords: async (datasetId, recordIds) => {
      const values = { dataset_record_ids: recordIds };
      const params = { dataset_id: datasetId };
      const json = await callApi(client, ENDPOINTS.deleteDatasetRecords, values, { params });
      return Number(int64In(json, 'deleted_count'));
    },
  };
}

type ExperimentCalls = Pick<
  DatasetStore,
  'getDatasetExperimentIds' | 'addDatasetToExperiments' | 'removeDatasetFromExperiments' | 'searchDatasets'
>;

function restExperimentCalls(client: HttpClient): ExperimentCalls {
  return {
    getDatasetExperimentIds: async (datasetId) => {
      const params = { dataset_id: datasetId };
      const json = await callApi(client, ENDPOINTS.datasetExperimentIds, {}, { params });
      return listIn(json, 'experiment_ids').map(String);
    },
    addDatasetToExperiments: async (datasetId, experimentIds) => {
      const values = { experiment_ids: experimentIds };
      const params = { dataset_id: datasetId };
      const json = await callApi(client, ENDPOINTS.addDatasetToExperiments, values, { params });
      return evaluationDatasetFromJson(member(json, 'dataset'));
    },
    removeDatasetFromExperiments: async (datasetId, experimentIds) => {
      const values = { experiment_ids: experimentIds };
      const params = { dataset_id: datasetId };
      const json = await callApi(client, ENDPOINTS.removeDatasetFromExperiments, values, { params });
      return evaluationDatasetFromJson(member(json, 'dataset'));
    },
    searchDatasets: async (experimentIds) => {
      const json = await client.json({
        method: 'POST',
        path: AJAX_PREFIX + ENDPOINTS.searchDatasets.path,
        body: { experiment_ids: experimentIds },
        reads: true,
      });
      return listIn(json, 'dataset_summaries').map(datasetSummaryFromJson);
    },
  };
}
