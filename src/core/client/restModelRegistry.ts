import type { ModelRegistry } from '../stores/modelRegistry.js';
import { tagToJson } from '../wire/experimentJson.js';
import { modelVersionFromJson } from '../wire/modelVersionJson.js';
import { member, text } from '../wire/readJson.js';
import { REGISTRY_ENDPOINTS } from '../wire/registryEndpoints.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';
import { restRegisteredModels } from './restRegisteredModels.js';

/** The model registry behind any server that speaks MLflow's REST API. */
export function createRestModelRegistry(client: HttpClient): ModelRegistry {
  const versionIn = (json: unknown) => modelVersionFromJson(member(json, 'model_version'));
  return {
    ...restRegisteredModels(client),
    createModelVersion: async ({ name, source, runId, runLink, description, tags, modelId }) => {
      const values = {
        name,
        source,
        run_id: runId,
        run_link: runLink,
        description,
        tags: tags.map(tagToJson),
        model_id: modelId,
      };
      return versionIn(await callApi(client, REGISTRY_ENDPOINTS.createModelVersion, values));
    },
    getModelVersion: async (name, version) =>
      versionIn(await callApi(client, REGISTRY_ENDPOINTS.getModelVersion, { name, version })),
    getModelVersionByAlias: async (name, alias) =>
      versionIn(await callApi(client, REGISTRY_ENDPOINTS.getModelVersionByAlias, { name, alias })),
    getModelVersionDownloadUri: async (name, version) => {
      const values = { name, version };
      return text(
        await callApi(client, REGISTRY_ENDPOINTS.getModelVersionDownloadUri, values),
        'artifact_uri',
      );
    },
    updateModelVersion: async (name, version, description) => {
      const values = { name, version, description };
      return versionIn(await callApi(client, REGISTRY_ENDPOINTS.updateModelVersion, values));
    },
    transitionModelVersionStage: async ({ name, version, stage, archiveExistingVersions }) => {
      const values = { name, version, stage, archive_existing_versions: archiveExistingVersions };
      return versionIn(await callApi(client, REGISTRY_ENDPOINTS.transitionModelVersionStage, values));
    },
    deleteModelVersion: async (name, version) => {
      await callApi(client, REGISTRY_ENDPOINTS.deleteModelVersion, { name, version });
    },
    searchModelVersions: async ({ filter, maxResults, orderBy, pageToken }) => {
      const values = { filter, max_results: maxResults, order_by: orderBy, page_token: pageToken };
      const json = await callApi(client, REGISTRY_ENDPOINTS.searchModelVersions, values);
      return pageOf(json, 'model_versions', modelVersionFromJson);
    },
    setModelVersionTag: async (name, version, { key, value }) => {
      await callApi(client, REGISTRY_ENDPOINTS.setModelVersionTag, { name, version, key, value });
    },
    deleteModelVersionTag: async (name, version, key) => {
      await callApi(client, REGISTRY_ENDPOINTS.deleteModelVersionTag, { name, version, key });
    },
  };
}
