import { ENDPOINTS } from '../../core/wire/endpoints.js';
import { experimentToJson } from '../../core/wire/experimentJson.js';
import type { Message } from '../../core/wire/messageTypes.js';
import {
  CREATE_EXPERIMENT,
  DELETE_EXPERIMENT_TAG,
  GET_EXPERIMENT_BY_NAME,
  ONE_EXPERIMENT,
  SEARCH_EXPERIMENTS,
  SET_EXPERIMENT_TAG,
  UPDATE_EXPERIMENT,
} from '../../core/wire/requests/experiments.js';
import { keyValues } from './keyValues.js';
import { call, type Route, type RouteContext } from './route.js';

export const EXPERIMENT_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.createExperiment, CREATE_EXPERIMENT, async (message, { store, artifacts }) => {
    const { name = '', artifact_location: artifactLocation, tags } = message;
    if (artifactLocation) {
      await artifacts.checkLocation(artifactLocation);
    }
    const request = { name, tags: keyValues(tags), ...(artifactLocation && { artifactLocation }) };
    return { experiment_id: await store.createExperiment(request) };
  }),
  ...call(ENDPOINTS.searchExperiments, SEARCH_EXPERIMENTS, searchExperiments),
  ...call(ENDPOINTS.searchExperimentsByGet, SEARCH_EXPERIMENTS, searchExperiments),
  ...call(ENDPOINTS.getExperiment, ONE_EXPERIMENT, async ({ experiment_id: id = '' }, { store }) => ({
    experiment: experimentToJson(await store.getExperiment(id)),
  })),
  ...call(
    ENDPOINTS.getExperimentByName,
    GET_EXPERIMENT_BY_NAME,
    async ({ experiment_name: name = '' }, { store }) => ({
      experiment: experimentToJson(await store.getExperimentByName(name)),
    }),
  ),
  ...call(ENDPOINTS.deleteExperiment, ONE_EXPERIMENT, async ({ experiment_id: id = '' }, { store }) => {
    await store.deleteExperiment(id);
    return {};
  }),
  ...call(ENDPOINTS.restoreExperiment, ONE_EXPERIMENT, async ({ experiment_id: id = '' }, { store }) => {
    await store.restoreExperiment(id);
    return {};
  }),
  ...call(ENDPOINTS.updateExperiment, UPDATE_EXPERIMENT, async (message, { store }) => {
    await store.renameExperiment(message.experiment_id ?? '', message.new_name ?? '');
    return {};
  }),
  ...call(ENDPOINTS.setExperimentTag, SET_EXPERIMENT_TAG, async (message, { store }) => {
    const { experiment_id: id = '', key = '', value = '' } = message;
    await store.setExperimentTag(id, { key, value });
    return {};
  }),
  ...call(ENDPOINTS.deleteExperimentTag, DELETE_EXPERIMENT_TAG, async (message, { store }) => {
    await store.deleteExperimentTag(message.experiment_id ?? '', message.key ?? '');
    return {};
  }),
];

async function searchExperiments(
  message: Message<typeof SEARCH_EXPERIMENTS.message>,
  { store }: RouteContext,
): Promise<unknown> {
  const page = await store.searchExperiments({
    viewType: message.view_type ?? 'ACTIVE_ONLY',
    // Protobuf's default, which the store refuses: MLflow wants the caller to say how many.
    maxResults: Number(message.max_results ?? 0),
    orderBy: message.order_by,
    ...(message.filter && { filter: message.filter }),
    ...(message.page_token && { pageToken: message.page_token }),
  });
  return {
    ...(page.items.length > 0 && { experiments: page.items.map(experimentToJson) }),
    ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
  };
}
