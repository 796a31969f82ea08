import type { Experiment } from '../domain/experiment.js';
import type { Tag } from '../domain/tag.js';
import { lifecycleStage, optionalNumber, text, listIn, type JsonObject } from './readJson.js';

/** Databases that this project writes know one workspace, which MLflow names since 3.10. */
const WORKSPACE = 'default';

export function experimentToJson(experiment: Experiment): JsonObject {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    ...(experiment.lastUpdateTime && { last_update_time: experiment.lastUpdateTime }),
    ...(experiment.creationTime && { creation_time: experiment.creationTime }),
    ...(experiment.tags.length > 0 && { tags: experiment.tags.map(tagToJson) }),
    workspace: WORKSPACE,
  };
}

export function experimentFromJson(json: unknown): Experiment {
  const creationTime = optionalNumber(json, 'creation_time');
  const lastUpdateTime = optionalNumber(json, 'last_update_time');
  return {
    experimentId: text(json, 'experiment_id'),
    name: text(json, 'name'),
    artifactLocation: text(json, 'artifact_location'),
    lifecycleStage: lifecycleStage(json),
    ...(creationTime !== undefined && { creationTime }),
    ...(lastUpdateTime !== undefined && { lastUpdateTime }),
    tags: listIn(json, 'tags').map(tagFromJson),
  };
}

/** Tags and parameters look alike on the wire. */
export function tagToJson({ key, value }: Tag): JsonObject {
  return { key, value };
}

export function tagFromJson(json: unknown): Tag {
  return { key: text(json, 'key'), value: text(json, 'value') };
}
