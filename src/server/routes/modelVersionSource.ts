import { doesNotExist, invalidParameter, type MlflowError } from '../../core/base/errors.js';
import { isModelsUri, type ModelReference, parseModelUri } from '../../core/domain/modelUri.js';
import type { ModelVersion } from '../../core/domain/modelVersion.js';
import { isPrompt } from '../../core/domain/registeredModel.js';
import type { ModelRegistry } from '../../core/stores/modelRegistry.js';
import { uriParts } from '../artifacts/uriParts.js';
import { checkModelSource, checkRunSource } from './checkSource.js';
import type { RouteContext } from './route.js';

/** Where a new version comes from. Ids are undefined where a client does not say any. */
export interface VersionSource {
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/** What clients name as the source of a prompt, which has none. */
const PROMPT_SOURCES = ['dummy-source', 'prompt-template'];

/** Refuses any source for a prompt but the words that MLflow's clients send. */
export function checkPromptSource(source: string): void {
  if (!PROMPT_SOURCES.includes(source)) {
    throw invalidParameter(
      `Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`,
    );
  }
}

/**
 * The source of a model version as it is kept, once it is sure that the run or logged model that the client
 * names holds it: else any folder could be read as a model. What names another version by an alias or stage
 * becomes the version that it is now.
 */
export async function checkedSource(given: VersionSource, context: RouteContext): Promise<VersionSource> {
  const resolved = await resolveVersion(given, context.store);
  if (resolved.modelId) {
    await checkModelSource(resolved.source, resolved.modelId, context);
  } else {
    await checkRunSource(resolved.source, resolved.runId ?? '', context);
  }
  return resolved;
}

async function resolveVersion(given: VersionSource, store: ModelRegistry): Promise<VersionSource> {
  const { source, runId, modelId } = given;
  if (!isModelsUri(source)) {
    return given;
  }
  const invalid = (why: string): MlflowError =>
    invalidParameter(`Invalid model version source: '${source}'. ${why}`);
  if (uriParts(source).authority !== '') {
    throw invalid('Registered model sources must use the active model registry.');
  }
  const reference = parseModelUri(source);
  if (reference === undefined) {
    throw invalid('The model_id request parameter must identify the resource that contains the source.');
  }
  if (reference.kind === 'loggedModel') {
    return given;
  }
  if (isPrompt((await store.getRegisteredModel(reference.name)).tags)) {
    throw invalid('Prompt versions cannot be used as model version sources.');
  }
  const { version, runId: ownRunId } = await versionOf(store, reference);
  if ((runId !== undefined && runId !== (ownRunId ?? '')) || modelId) {
    throw invalid('The run_id and model_id request parameters must match the referenced model version.');
  }
  return { source: `models:/${reference.name}/${version}`, runId: runId ?? ownRunId, modelId };
}

/** The version that a URI names now. */
async function versionOf(
  store: ModelRegistry,
  reference: Exclude<ModelReference, { kind: 'loggedModel' }>,
): Promise<ModelVersion> {
  const { name } = reference;
  switch (reference.kind) {
    case 'version':
      return store.getModelVersion(name, reference.version);
    case 'alias':
      return store.getModelVersionByAlias(name, reference.alias);
    case 'latest':
      return store.getModelVersionByAlias(name, 'latest');
    case 'stage': {
      const [version] = await store.getLatestVersions(name, [reference.stage]);
      if (version === undefined) {
        throw doesNotExist(`No versions of model with name '${name}' and stage '${reference.stage}' found`);
      }
      return version;
    }
  }
}
