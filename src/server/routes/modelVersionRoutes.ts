import { LIMITS } from '../../core/base/limits.js';
import type { ModelVersion } from '../../core/domain/modelVersion.js';
import { isPrompt } from '../../core/domain/registeredModel.js';
import type { Message } from '../../core/wire/messageTypes.js';
import { modelVersionToJson } from '../../core/wire/modelVersionJson.js';
import { REGISTRY_ENDPOINTS } from '../../core/wire/registryEndpoints.js';
import {
  CREATE_MODEL_VERSION,
  DELETE_MODEL_VERSION_TAG,
  GET_DOWNLOAD_URI,
  ONE_MODEL_VERSION,
  SET_MODEL_VERSION_TAG,
  TRANSITION_STAGE,
  UPDATE_MODEL_VERSION,
} from '../../core/wire/requests/modelVersions.js';
import { SEARCH_MODEL_VERSIONS } from '../../core/wire/requests/registeredModels.js';
import { keyValues } from './keyValues.js';
import { checkedSource, checkPromptSource, type VersionSource } from './modelVersionSource.js';
import { registryQuery } from './registeredModelRoutes.js';
import { call, type Route, type RouteContext } from './route.js';

export const MODEL_VERSION_ROUTES: readonly Route[] = [
  ...call(REGISTRY_ENDPOINTS.createModelVersion, CREATE_MODEL_VERSION, async (message, context) =>
    answer(await createVersion(message, context)),
  ),
  ...call(REGISTRY_ENDPOINTS.getModelVersion, ONE_MODEL_VERSION, async (message, { store }) =>
    answer(await store.getModelVersion(message.name ?? '', message.version ?? '')),
  ),
  ...call(REGISTRY_ENDPOINTS.updateModelVersion, UPDATE_MODEL_VERSION, async (message, { store }) => {
    const { name = '', version = '', description } = message;
    return answer(await store.updateModelVersion(name, version, description));
  }),
  ...call(REGISTRY_ENDPOINTS.transitionModelVersionStage, TRANSITION_STAGE, async (message, { store }) => {
    const { name = '', version = '', stage = '', archive_existing_versions: archive = false } = message;
    const request = { name, version, stage, archiveExistingVersions: archive };
    return answer(await store.transitionModelVersionStage(request));
  }),
  ...call(REGISTRY_ENDPOINTS.deleteModelVersion, ONE_MODEL_VERSION, async (message, { store }) => {
    await store.deleteModelVersion(message.name ?? '', message.version ?? '');
    return {};
  }),
  ...call(REGISTRY_ENDPOINTS.searchModelVersions, SEARCH_MODEL_VERSIONS, async (message, { store }) => {
    const page = await store.searchModelVersions(registryQuery(message, LIMITS.searchModelVersionsDefault));
    return {
      ...(page.items.length > 0 && { model_versions: page.items.map(modelVersionToJson) }),
      ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
    };
  }),
  ...call(REGISTRY_ENDPOINTS.getModelVersionDownloadUri, GET_DOWNLOAD_URI, async (message, { store }) => ({
    artifact_uri: await store.getModelVersionDownloadUri(message.name ?? '', message.version ?? ''),
  })),
  ...call(REGISTRY_ENDPOINTS.setModelVersionTag, SET_MODEL_VERSION_TAG, async (message, { store }) => {
    const { name = '', version = '', key = '', value = '' } = message;
    await store.setModelVersionTag(name, version, { key, value });
    return {};
  }),
  ...call(REGISTRY_ENDPOINTS.deleteModelVersionTag, DELETE_MODEL_VERSION_TAG, async (message, { store }) => {
    await store.deleteModelVersionTag(message.name ?? '', message.version ?? '', message.key ?? '');
    return {};
  }),
];

function answer(version: ModelVersion): unknown {
  return { model_version: modelVersionToJson(version) };
}

async function createVersion(
  message: Message<typeof CREATE_MODEL_VERSION.message>,
  context: RouteContext,
): Promise<ModelVersion> {
  const { name = '', source = '', run_id: runId, model_id: modelId } = message;
  const tags = keyValues(message.tags);
  let from: VersionSource = { source, runId, modelId };
  if (isPrompt(tags)) {
    checkPromptSource(source);
    from = { source, runId, modelId: undefined };
  } else {
    from = await checkedSource(from, context);
  }
  return context.store.createModelVersion({
    name,
    source: from.source,
    tags,
    // As in MLflow, what a client does not say is kept as empty, not as missing.
    runId: from.runId ?? '',
    runLink: message.run_link ?? '',
    description: message.description ?? '',
    ...(from.modelId && { modelId: from.modelId }),
  });
}
