import { invalidParameter } from '../../../core/base/errors.js';
import { parseModelUri, isModelsUri } from '../../../core/domain/modelUri.js';
import type { ModelVersion } from '../../../core/domain/modelVersion.js';
import type { CreateModelVersion } from '../../../core/stores/modelRegistry.js';
import { getLoggedModel } from '../loggedModels.js';
import { nonEmpty } from '../runRows.js';
import type { StoreContext } from '../storeContext.js';
import { addModelVersionTag } from './loggedModelVersions.js';
import { getModelVersion, getModelVersionDownloadUri, touchModel } from './modelVersions.js';
import { registeredModelRow } from './registeredModelRows.js';
import { inWorkspace, writeVersionTag } from './registryTables.js';
import { checkModelVersionTag, checkRegisteredModelName } from './registryValidation.js';

/** Where a version's files are, and the run that it comes from. */
interface Origin {
  readonly storageLocation: string;
  readonly runId: string | undefined;
}

/** Makes the next version of a registered model. That nobody else takes its number is the transaction's doing. */
export function createModelVersion(context: StoreContext, request: CreateModelVersion): ModelVersion {
  const { name, source, tags, runLink, description, modelId } = request;
  checkRegisteredModelName(name);
  tags.forEach(checkModelVersionTag);
  const { storageLocation, runId } = originOf(context, request);
  registeredModelRow(context, name);
  const now = Date.now();
  const version = nextVersion(context, name);
  context.database.run(
    `INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, current_stage,
       source, storage_location, run_id, run_link, status)
     VALUES (?, ?, ?, ?, ?, 'None', ?, ?, ?, ?, 'READY')`,
    name,
    version,
    now,
    now,
    description ?? null,
    source,
    storageLocation,
    runId ?? null,
    runLink ?? null,
  );
  tags.forEach((tag) => writeVersionTag(context, name, version, tag));
  if (modelId) {
    addModelVersionTag(context, modelId, { name, version });
  }
  touchModel(context, name, now);
  return getModelVersion(context, name, String(version));
}

function originOf(context: StoreContext, { source, runId, modelId }: CreateModelVersion): Origin {
  const fromModel = (id: string): string | undefined =>
    nonEmpty(runId) ?? getLoggedModel(context, id).sourceRunId;
  if (!isModelsUri(source)) {
    return { storageLocation: source, runId: modelId ? fromModel(modelId) : runId };
  }
  const reference = parseModelUri(source);
  switch (reference?.kind) {
    case 'loggedModel':
      return {
        storageLocation: getLoggedModel(context, reference.modelId).artifactUri,
        runId: fromModel(reference.modelId),
      };
    case 'version':
      return {
        storageLocation: getModelVersionDownloadUri(context, reference.name, reference.version),
        runId: modelId ? fromModel(modelId) : runId,
      };
    default:
      throw invalidParameter(
        `Invalid model version source: '${source}'. It names no logged model or version.`,
      );
  }
}

/** Numbers of deleted versions count: they are not given again. */
function nextVersion(context: StoreContext, name: string): number {
  const newest = context.database.get<{ version: number | null }>(
    `SELECT max(version) AS version FROM model_versions WHERE ${inWorkspace(context)}name = ?`,
    name,
  );
  return (newest?.version ?? 0) + 1;
}
