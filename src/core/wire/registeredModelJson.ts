import type { RegisteredModel } from '../domain/registeredModel.js';
import { tagFromJson, tagToJson } from './experimentJson.js';
import { modelVersionFromJson, modelVersionToJson } from './modelVersionJson.js';
import { int64In, type JsonObject, listIn, optionalNumber, optionalText, text } from './readJson.js';

export function registeredModelToJson(model: RegisteredModel): JsonObject {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    ...(model.lastUpdatedTime && { last_updated_timestamp: model.lastUpdatedTime }),
    ...(model.description && { description: model.description }),
    ...(model.latestVersions.length > 0 && { latest_versions: model.latestVersions.map(modelVersionToJson) }),
    ...(model.tags.length > 0 && { tags: model.tags.map(tagToJson) }),
    ...(model.aliases.length > 0 && {
      aliases: model.aliases.map(({ alias, version }) => ({ alias, version })),
    }),
    ...(model.deploymentJobId && { deployment_job_id: model.deploymentJobId }),
  };
}

export function registeredModelFromJson(json: unknown): RegisteredModel {
  const lastUpdatedTime = optionalNumber(json, 'last_updated_timestamp');
  const description = optionalText(json, 'description');
  const deploymentJobId = optionalText(json, 'deployment_job_id');
  return {
    name: text(json, 'name'),
    creationTime: Number(int64In(json, 'creation_timestamp')),
    ...(lastUpdatedTime !== undefined && { lastUpdatedTime }),
    ...(description !== undefined && { description }),
    tags: listIn(json, 'tags').map(tagFromJson),
    aliases: listIn(json, 'aliases').map((item) => ({
      alias: text(item, 'alias'),
      version: text(item, 'version'),
    })),
    latestVersions: listIn(json, 'latest_versions').map(modelVersionFromJson),
    ...(deploymentJobId !== undefined && { deploymentJobId }),
  };
}
