import {
  MODEL_VERSION_STATUSES,
  modelStage,
  type ModelVersion,
  type ModelVersionStatus,
} from '../domain/modelVersion.js';
import { tagFromJson, tagToJson } from './experimentJson.js';
import { int64In, type JsonObject, listIn, optionalNumber, optionalText, text } from './readJson.js';

export function modelVersionToJson(version: ModelVersion): JsonObject {
  return {
    name: version.name,
    version: version.version,
    creation_timestamp: version.creationTime,
    ...(version.lastUpdatedTime !== undefined && { last_updated_timestamp: version.lastUpdatedTime }),
    ...(version.userId !== undefined && { user_id: version.userId }),
    current_stage: version.stage,
    ...(version.description !== undefined && { description: version.description }),
    source: version.source,
    ...(version.runId !== undefined && { run_id: version.runId }),
    status: version.status,
    ...(version.statusMessage && { status_message: version.statusMessage }),
    ...(version.tags.length > 0 && { tags: version.tags.map(tagToJson) }),
    ...(version.runLink !== undefined && { run_link: version.runLink }),
    ...(version.aliases.length > 0 && { aliases: version.aliases }),
  };
}

export function modelVersionFromJson(json: unknown): ModelVersion {
  const lastUpdatedTime = optionalNumber(json, 'last_updated_timestamp');
  const userId = optionalText(json, 'user_id');
  const description = optionalText(json, 'description');
  const runId = optionalText(json, 'run_id');
  const statusMessage = optionalText(json, 'status_message');
  const runLink = optionalText(json, 'run_link');
  return {
    name: text(json, 'name'),
    version: text(json, 'version'),
    creationTime: Number(int64In(json, 'creation_timestamp')),
    ...(lastUpdatedTime !== undefined && { lastUpdatedTime }),
    ...(userId !== undefined && { userId }),
    ...(description !== undefined && { description }),
    stage: modelStage(text(json, 'current_stage')) ?? 'None',
    source: text(json, 'source'),
    ...(runId !== undefined && { runId }),
    ...(runLink !== undefined && { runLink }),
    status: versionStatus(text(json, 'status')),
    ...(statusMessage !== undefined && { statusMessage }),
    tags: listIn(json, 'tags').map(tagFromJson),
    aliases: listIn(json, 'aliases').filter((alias) => typeof alias === 'string'),
  };
}

function versionStatus(name: string): ModelVersionStatus {
  return MODEL_VERSION_STATUSES.find((status) => status === name) ?? 'READY';
}
