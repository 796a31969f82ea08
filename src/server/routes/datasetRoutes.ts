import { invalidParameter } from '../../core/base/errors.js';
import { LIMITS } from '../../core/base/limits.js';
import type { Tag } from '../../core/domain/tag.js';
import {
  datasetSummaryToJson,
  evaluationDatasetToJson,
  recordsText,
  tagsOfText,
} from '../../core/wire/datasetJson.js';
import { AJAX_PREFIX, ENDPOINTS } from '../../core/wire/endpoints.js';
import type { Message } from '../../core/wire/messageTypes.js';
import {
  CREATE_DATASET,
  DATASET_EXPERIMENTS,
  DELETE_DATASET_RECORDS,
  GET_DATASET_RECORDS,
  SEARCH_DATASETS,
  SEARCH_EVALUATION_DATASETS,
  SET_DATASET_TAGS,
  UPSERT_DATASET_RECORDS,
} from '../../core/wire/requests/datasets.js';
import { call, NOTHING, type Route, type RouteContext, type RouteRequest } from './route.js';

/** Records may be many in one request. */
const RECORDS_BYTES = 64_000_000;

function datasetIdOf({ params }: RouteRequest): string {
  return params.dataset_id ?? '';
}

export const DATASET_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.createDataset, CREATE_DATASET, async (message, { store }) => {
    const { name = '', experiment_ids: experimentIds } = message;
    const dataset = await store.createDataset({ name, experimentIds, tags: tagsIn(message.tags) });
    return { dataset: evaluationDatasetToJson(dataset) };
  }),
  ...call(ENDPOINTS.getDataset, NOTHING, async (_message, { store }, request) => ({
    dataset: evaluationDatasetToJson(await store.getDataset(datasetIdOf(request))),
  })),
  ...call(ENDPOINTS.deleteDataset, NOTHING, async (_message, { store }, request) => {
    await store.deleteDataset(datasetIdOf(request));
    return {};
  }),
  ...call(ENDPOINTS.searchEvaluationDatasets, SEARCH_EVALUATION_DATASETS, search),
  ...call(ENDPOINTS.searchEvaluationDatasetsByGet, SEARCH_EVALUATION_DATASETS, search),
  ...call(ENDPOINTS.setDatasetTags, SET_DATASET_TAGS, async ({ tags }, { store }, request) => {
    await store.setDatasetTags(datasetIdOf(request), tagsIn(tags));
    return {};
  }),
  ...call(ENDPOINTS.deleteDatasetTag, NOTHING, async (_message, { store }, request) => {
    await store.deleteDatasetTag(datasetIdOf(request), request.params.key ?? '');
    return {};
  }),
  ...call(
    ENDPOINTS.upsertDatasetRecords,
    UPSERT_DATASET_RECORDS,
    async ({ records = '' }, { store }, request) => {
      const { inserted, updated } = await store.upsertDatasetRecords(datasetIdOf(request), records);
      return { inserted_count: inserted, updated_count: updated };
    },
    { bodyLimit: RECORDS_BYTES },
  ),
  ...call(ENDPOINTS.getDatasetRecords, GET_DATASET_RECORDS, async (message, { store }, request) => {
    const { items, nextPageToken } = await store.getDatasetRecords({
      datasetId: datasetIdOf(request),
      maxResults: orDefault(message.max_results, LIMITS.datasetRecordsDefault),
      ...(message.page_token && { pageToken: message.page_token }),
    });
    return { records: recordsText(items), ...(nextPageToken && { next_page_token: nextPageToken }) };
  }),
  ...call(ENDPOINTS.deleteDatasetRecords, DELETE_DATASET_RECORDS, async (message, { store }, request) => ({
    deleted_count: await store.deleteDatasetRecords(datasetIdOf(request), message.dataset_record_ids),
  })),
  ...call(ENDPOINTS.datasetExperimentIds, NOTHING, async (_message, { store }, request) => {
    const ids = await store.getDatasetExperimentIds(datasetIdOf(request));
    return ids.length > 0 ? { experiment_ids: ids } : {};
  }),
  ...call(ENDPOINTS.addDatasetToExperiments, DATASET_EXPERIMENTS, async (message, { store }, request) => ({
    dataset: evaluationDatasetToJson(
      await store.addDatasetToExperiments(datasetIdOf(request), message.experiment_ids),
    ),
  })),
  ...call(
    ENDPOINTS.removeDatasetFromExperiments,
    DATASET_EXPERIMENTS,
    async (message, { store }, request) => ({
      dataset: evaluationDatasetToJson(
        await store.removeDatasetFromExperiments(datasetIdOf(request), message.experiment_ids),
      ),
    }),
  ),
  // MLflow has this one for its own pages only.
  ...call(ENDPOINTS.searchDatasets, SEARCH_DATASETS, async ({ experiment_ids: ids }, { store }) => {
    checkExperiments(ids);
    const summaries = await store.searchDatasets(ids);
    return summaries.length > 0 ? { dataset_summaries: summaries.map(datasetSummaryToJson) } : {};
  }).filter(({ path }) => path.startsWith(AJAX_PREFIX)),
];

/** Zero counts as "not said", as everywhere in this part of MLflow's API. */
function orDefault(maxResults: number | undefined, usual: number): number {
  return maxResults === undefined || maxResults === 0 ? usual : maxResults;
}

async function search(
  message: Message<typeof SEARCH_EVALUATION_DATASETS.message>,
  { store }: RouteContext,
): Promise<unknown> {
  const page = await store.searchEvaluationDatasets({
    experimentIds: message.experiment_ids,
    maxResults: orDefault(message.max_results, LIMITS.searchDatasetsDefault),
    orderBy: message.order_by,
    ...(message.filter_string && { filter: message.filter_string }),
    ...(message.page_token && { pageToken: message.page_token }),
  });
  return {
    ...(page.items.length > 0 && { datasets: page.items.map(evaluationDatasetToJson) }),
    ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
  };
}

function tagsIn(text: string | undefined): Tag[] {
  const tags = text ? tagsOfText(text) : [];
  if (tags === undefined) {
    throw invalidParameter('The tags of a dataset must be a JSON object.');
  }
  return tags;
}

function checkExperiments(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
  }
  if (ids.length > LIMITS.searchDatasetsExperiments) {
    throw invalidParameter(
      `SearchDatasets request cannot specify more than ${LIMITS.searchDatasetsExperiments} experiment_ids. ` +
        `Received ${ids.length} experiment_ids.`,
    );
  }
}
