import type { ModelRegistry } from '../stores/modelRegistry.js';
import { tagToJson } from '../wire/experimentJson.js';
import { modelVersionFromJson } from '../wire/modelVersionJson.js';
import { listIn, member } from '../wire/readJson.js';
import { registeredModelFromJson } from '../wire/registeredModelJson.js';
import { REGISTRY_ENDPOINTS } from '../wire/registryEndpoints.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type RegisteredModelCalls = Pick<
  ModelRegistry,
  | 'createRegisteredModel'
  | 'getRegisteredModel'
  | 'updateRegisteredModel'
  | 'renameRegisteredModel'
  | 'deleteRegisteredModel'
  | 'searchRegisteredModels'
  | 'setRegisteredModelTag'
  | 'deleteRegisteredModelTag'
  | 'setRegisteredModelAlias'
  | 'deleteRegisteredModelAlias'
  | 'getLatestVersions'
>;

export function restRegisteredModels(client: HttpClient): RegisteredModelCalls {
  const modelIn = (json: unknown) => registeredModelFromJson(member(json, 'registered_model'));
  return {
    createRegisteredModel: async ({ name, description, tags }) => {
      const values = { name, description, tags: tags.map(tagToJson) };
      return modelIn(await callApi(client, REGISTRY_ENDPOINTS.createRegisteredModel, values));
    },
    getRegisteredModel: async (name) =>
      modelIn(await callApi(client, REGISTRY_ENDPOINTS.getRegisteredModel, { name })),
    updateRegisteredModel: async (name, description) =>
      modelIn(await callApi(client, REGISTRY_ENDPOINTS.updateRegisteredModel, { name, description })),
    renameRegisteredModel: async (name, newName) =>
      modelIn(await callApi(client, REGISTRY_ENDPOINTS.renameRegisteredModel, { name, new_name: newName })),
    deleteRegisteredModel: async (name) => {
      await callApi(client, REGISTRY_ENDPOINTS.deleteRegisteredModel, { name });
    },
    searchRegisteredModels: async ({ filter, maxResults, orderBy, pageToken }) => {
      const values = { filter, max_results: maxResults, order_by: orderBy, page_token: pageToken };
      const json = await callApi(client, REGISTRY_ENDPOINTS.searchRegisteredModels, values);
      return pageOf(json, 'registered_models', registeredModelFromJson);
    },
    setRegisteredModelTag: async (name, { key, value }) => {
      await callApi(client, REGISTRY_ENDPOINTS.setRegisteredModelTag, { name, key, value });
    },
    deleteRegisteredModelTag: async (name, key) => {
      await callApi(client, REGISTRY_ENDPOINTS.deleteRegisteredModelTag, { name, key });
    },
    setRegisteredModelAlias: async (name, alias, version) => {
      await callApi(client, REGISTRY_ENDPOINTS.setRegisteredModelAlias, { name, alias, version });
    },
    deleteRegisteredModelAlias: async (name, alias) => {
      await callApi(client, REGISTRY_ENDPOINTS.deleteRegisteredModelAlias, { name, alias });
    },
    getLatestVersions: async (name, stages) => {
      const json = await callApi(client, REGISTRY_ENDPOINTS.getLatestVersions, { name, stages });
      return listIn(json, 'model_versions').map(modelVersionFromJson);
    },
  };
}
