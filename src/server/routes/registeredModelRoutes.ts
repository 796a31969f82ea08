import { LIMITS } from '../../core/base/limits.js';
import type { SearchRegistry } from '../../core/stores/modelRegistry.js';
import type { Message } from '../../core/wire/messageTypes.js';
import { modelVersionToJson } from '../../core/wire/modelVersionJson.js';
import { registeredModelToJson } from '../../core/wire/registeredModelJson.js';
import { REGISTRY_ENDPOINTS } from '../../core/wire/registryEndpoints.js';
import {
  CREATE_REGISTERED_MODEL,
  DELETE_REGISTERED_MODEL_TAG,
  GET_LATEST_VERSIONS,
  ONE_ALIAS,
  ONE_REGISTERED_MODEL,
  RENAME_REGISTERED_MODEL,
  SEARCH_REGISTERED_MODELS,
  SET_ALIAS,
  SET_REGISTERED_MODEL_TAG,
  UPDATE_REGISTERED_MODEL,
} from '../../core/wire/requests/registeredModels.js';
import { keyValues } from './keyValues.js';
import { call, type Route, type RouteContext } from './route.js';

export const REGISTERED_MODEL_ROUTES: readonly Route[] = [
  ...call(REGISTRY_ENDPOINTS.createRegisteredModel, CREATE_REGISTERED_MODEL, async (message, { store }) => {
    const { name = '', description = '', tags } = message;
    const model = await store.createRegisteredModel({ name, description, tags: keyValues(tags) });
    return { registered_model: registeredModelToJson(model) };
  }),
  ...call(REGISTRY_ENDPOINTS.getRegisteredModel, ONE_REGISTERED_MODEL, async ({ name = '' }, { store }) => ({
    registered_model: registeredModelToJson(await store.getRegisteredModel(name)),
  })),
  ...call(REGISTRY_ENDPOINTS.updateRegisteredModel, UPDATE_REGISTERED_MODEL, async (message, { store }) => {
    const model = await store.updateRegisteredModel(message.name ?? '', message.description ?? '');
    return { registered_model: registeredModelToJson(model) };
  }),
  ...call(REGISTRY_ENDPOINTS.renameRegisteredModel, RENAME_REGISTERED_MODEL, async (message, { store }) => {
    const model = await store.renameRegisteredModel(message.name ?? '', message.new_name ?? '');
    return { registered_model: registeredModelToJson(model) };
  }),
  ...call(
    REGISTRY_ENDPOINTS.deleteRegisteredModel,
    ONE_REGISTERED_MODEL,
    async ({ name = '' }, { store }) => {
      await store.deleteRegisteredModel(name);
      return {};
    },
  ),
  ...call(REGISTRY_ENDPOINTS.searchRegisteredModels, SEARCH_REGISTERED_MODELS, async (message, { store }) => {
    const query = registryQuery(message, LIMITS.searchRegisteredModelsDefault);
    const page = await store.searchRegisteredModels(query);
    return {
      ...(page.items.length > 0 && { registered_models: page.items.map(registeredModelToJson) }),
      ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
    };
  }),
  ...call(REGISTRY_ENDPOINTS.getLatestVersions, GET_LATEST_VERSIONS, latestVersions),
  ...call(REGISTRY_ENDPOINTS.getLatestVersionsByPost, GET_LATEST_VERSIONS, latestVersions),
  ...call(REGISTRY_ENDPOINTS.setRegisteredModelTag, SET_REGISTERED_MODEL_TAG, async (message, { store }) => {
    const { name = '', key = '', value = '' } = message;
    await store.setRegisteredModelTag(name, { key, value });
    return {};
  }),
  ...call(
    REGISTRY_ENDPOINTS.deleteRegisteredModelTag,
    DELETE_REGISTERED_MODEL_TAG,
    async ({ name = '', key = '' }, { store }) => {
      await store.deleteRegisteredModelTag(name, key);
      return {};
    },
  ),
  ...call(REGISTRY_ENDPOINTS.setRegisteredModelAlias, SET_ALIAS, async (message, { store }) => {
    const { name = '', alias = '', version = '' } = message;
    await store.setRegisteredModelAlias(name, alias, version);
    return {};
  }),
  ...call(
    REGISTRY_ENDPOINTS.deleteRegisteredModelAlias,
    ONE_ALIAS,
    async ({ name = '', alias = '' }, { store }) => {
      await store.deleteRegisteredModelAlias(name, alias);
      return {};
    },
  ),
  ...call(
    REGISTRY_ENDPOINTS.getModelVersionByAlias,
    ONE_ALIAS,
    async ({ name = '', alias = '' }, { store }) => ({
      model_version: modelVersionToJson(await store.getModelVersionByAlias(name, alias)),
    }),
  ),
];

async function latestVersions(
  { name = '', stages }: Message<typeof GET_LATEST_VERSIONS.message>,
  { store }: RouteContext,
): Promise<unknown> {
  const versions = await store.getLatestVersions(name, stages);
  return versions.length > 0 ? { model_versions: versions.map(modelVersionToJson) } : {};
}

/** @param most how many to answer where the request does not say */
export function registryQuery(
  message: Message<typeof SEARCH_REGISTERED_MODELS.message>,
  most: number,
): SearchRegistry {
  return {
    maxResults: Number(message.max_results ?? most),
    orderBy: message.order_by,
    ...(message.filter && { filter: message.filter }),
    ...(message.page_token && { pageToken: message.page_token }),
  };
}
