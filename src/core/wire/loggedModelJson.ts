import { type LoggedModel, LOGGED_MODEL_STATUSES, type LoggedModelStatus } from '../domain/loggedModel.js';
import { tagFromJson, tagToJson } from './experimentJson.js';
import { metricFromJson, modelMetricToJson } from './metricJson.js';
import { int64In, type JsonObject, listIn, member, optionalText, text } from './readJson.js';

export function loggedModelToJson(model: LoggedModel): JsonObject {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdatedTime,
      artifact_uri: model.artifactUri,
      status: model.status,
      ...(model.modelType !== undefined && { model_type: model.modelType }),
      ...(model.sourceRunId !== undefined && { source_run_id: model.sourceRunId }),
      ...(model.statusMessage !== undefined && { status_message: model.statusMessage }),
      ...(model.tags.length > 0 && { tags: model.tags.map(tagToJson) }),
    },
    data: {
      ...(model.params.length > 0 && { params: model.params.map(tagToJson) }),
      ...(model.metrics.length > 0 && { metrics: model.metrics.map(modelMetricToJson) }),
    },
  };
}

export function loggedModelFromJson(json: unknown): LoggedModel {
  const info = member(json, 'info');
  const data = member(json, 'data');
  const modelId = text(info, 'model_id');
  const modelType = optionalText(info, 'model_type');
  const sourceRunId = optionalText(info, 'source_run_id');
  const statusMessage = optionalText(info, 'status_message');
  return {
    modelId,
    experimentId: text(info, 'experiment_id'),
    name: text(info, 'name'),
    artifactUri: text(info, 'artifact_uri'),
    creationTime: int64In(info, 'creation_timestamp_ms'),
    lastUpdatedTime: int64In(info, 'last_updated_timestamp_ms'),
    status: modelStatus(text(info, 'status')),
    ...(statusMessage !== undefined && { statusMessage }),
    ...(modelType !== undefined && { modelType }),
    ...(sourceRunId !== undefined && { sourceRunId }),
    tags: listIn(info, 'tags').map(tagFromJson),
    params: listIn(data, 'params').map(tagFromJson),
    metrics: listIn(data, 'metrics').map((metric) => ({
      ...metricFromJson(metric),
      modelId,
      runId: text(metric, 'run_id'),
    })),
  };
}

function modelStatus(name: string): LoggedModelStatus {
  return LOGGED_MODEL_STATUSES.find((status) => status === name) ?? 'LOGGED_MODEL_PENDING';
}
