import { invalidParameter } from '../../core/base/errors.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import { loggedModelToJson } from '../../core/wire/loggedModelJson.js';
import {
  CREATE_LOGGED_MODEL,
  FINALIZE_LOGGED_MODEL,
  LOG_LOGGED_MODEL_PARAMS,
  SEARCH_LOGGED_MODELS,
  SET_LOGGED_MODEL_TAGS,
} from '../../core/wire/requests/loggedModels.js';
import { keyValues } from './keyValues.js';
import { call, NOTHING, type Route, type RouteRequest } from './route.js';

/** How many a search answers when it does not say: the default of MLflow's message. */
const DEFAULT_RESULTS = 50;

export function modelIdOf({ params }: RouteRequest): string {
  return params.model_id ?? '';
}

export const LOGGED_MODEL_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.createLoggedModel, CREATE_LOGGED_MODEL, async (message, { store }) => {
    const model = await store.createLoggedModel({
      experimentId: message.experiment_id ?? '',
      modelType: message.model_type ?? '',
      sourceRunId: message.source_run_id ?? '',
      params: keyValues(message.params),
      tags: keyValues(message.tags),
      ...(message.name && { name: message.name }),
    });
    return { model: loggedModelToJson(model) };
  }),
  ...call(ENDPOINTS.searchLoggedModels, SEARCH_LOGGED_MODELS, async (message, { store }) => {
    const page = await store.searchLoggedModels({
      experimentIds: message.experiment_ids,
      maxResults: message.max_results === 0 ? DEFAULT_RESULTS : (message.max_results ?? DEFAULT_RESULTS),
      datasets: message.datasets.map(({ dataset_name: name = '', dataset_digest: digest }) => ({
        name,
        ...(digest && { digest }),
      })),
      orderBy: message.order_by.map((order) => ({
        fieldName: order.field_name ?? '',
        ascending: order.ascending ?? true,
        ...(order.dataset_name && { datasetName: order.dataset_name }),
        ...(order.dataset_digest && { datasetDigest: order.dataset_digest }),
      })),
      ...(message.filter && { filter: message.filter }),
      ...(message.page_token && { pageToken: message.page_token }),
    });
    return {
      ...(page.items.length > 0 && { models: page.items.map(loggedModelToJson) }),
      ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
    };
  }),
  ...call(ENDPOINTS.getLoggedModel, NOTHING, async (_message, { store }, request) => ({
    model: loggedModelToJson(await store.getLoggedModel(modelIdOf(request))),
  })),
  ...call(ENDPOINTS.finalizeLoggedModel, FINALIZE_LOGGED_MODEL, async ({ status }, { store }, request) => {
    if (status === undefined) {
      throw invalidParameter('Invalid model status');
    }
    return { model: loggedModelToJson(await store.finalizeLoggedModel(modelIdOf(request), status)) };
  }),
  ...call(ENDPOINTS.deleteLoggedModel, NOTHING, async (_message, { store }, request) => {
    await store.deleteLoggedModel(modelIdOf(request));
    return {};
  }),
  ...call(ENDPOINTS.logLoggedModelParams, LOG_LOGGED_MODEL_PARAMS, async ({ params }, { store }, request) => {
    await store.logLoggedModelParams(modelIdOf(request), keyValues(params));
    return {};
  }),
  ...call(ENDPOINTS.setLoggedModelTags, SET_LOGGED_MODEL_TAGS, async ({ tags }, { store }, request) => {
    await store.setLoggedModelTags(modelIdOf(request), keyValues(tags));
    return {};
  }),
  ...call(ENDPOINTS.deleteLoggedModelTag, NOTHING, async (_message, { store }, request) => {
    await store.deleteLoggedModelTag(modelIdOf(request), request.params.tag_key ?? '');
    return {};
  }),
];
