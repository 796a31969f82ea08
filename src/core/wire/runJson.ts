import { isRunStatus, type Run, type RunInfo } from '../domain/run.js';
import { tagFromJson, tagToJson } from './experimentJson.js';
import {
  datasetInputFromJson,
  datasetInputToJson,
  modelInputFromJson,
  modelInputToJson,
  modelOutputFromJson,
  modelOutputToJson,
} from './inputsJson.js';
import { metricFromJson, metricToJson } from './metricJson.js';
import { type JsonObject, lifecycleStage, listIn, member, optionalNumber, text } from './readJson.js';

export function runInfoToJson(info: RunInfo): JsonObject {
  return {
    run_uuid: info.runId,
    experiment_id: info.experimentId,
    run_name: info.runName,
    user_id: info.userId,
    status: info.status,
    ...(info.startTime !== undefined && { start_time: info.startTime }),
    ...(info.endTime && { end_time: info.endTime }),
    ...(info.artifactUri && { artifact_uri: info.artifactUri }),
    lifecycle_stage: info.lifecycleStage,
    run_id: info.runId,
  };
}

export function runInfoFromJson(json: unknown): RunInfo {
  const status = text(json, 'status');
  const startTime = optionalNumber(json, 'start_time');
  const endTime = optionalNumber(json, 'end_time');
  return {
    runId: text(json, 'run_id') || text(json, 'run_uuid'),
    runName: text(json, 'run_name'),
    experimentId: text(json, 'experiment_id'),
    userId: text(json, 'user_id'),
    status: isRunStatus(status) ? status : 'RUNNING',
    ...(startTime !== undefined && { startTime }),
    ...(endTime && { endTime }),
    artifactUri: text(json, 'artifact_uri'),
    lifecycleStage: lifecycleStage(json),
  };
}

/** A run as MLflow answers it when it has just been made: nobody can have named outputs yet. */
export function createdRunToJson(run: Run): JsonObject {
  return { info: runInfoToJson(run.info), data: dataToJson(run), inputs: inputsToJson(run) };
}

export function runToJson(run: Run): JsonObject {
  const outputs = run.modelOutputs.map(modelOutputToJson);
  return { ...createdRunToJson(run), outputs: withoutEmptyLists({ model_outputs: outputs }) };
}

function dataToJson(run: Run): JsonObject {
  return withoutEmptyLists({
    metrics: run.metrics.map(metricToJson),
    params: run.params.map(tagToJson),
    tags: run.tags.map(tagToJson),
  });
}

function inputsToJson(run: Run): JsonObject {
  return withoutEmptyLists({
    dataset_inputs: run.datasetInputs.map(datasetInputToJson),
    model_inputs: run.modelInputs.map(modelInputToJson),
  });
}

/** Protobuf writes no empty list. */
function withoutEmptyLists(lists: Readonly<Record<string, readonly unknown[]>>): JsonObject {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

export function runFromJson(json: unknown): Run {
  const data = member(json, 'data');
  const inputs = member(json, 'inputs');
  return {
    info: runInfoFromJson(member(json, 'info')),
    metrics: listIn(data, 'metrics').map(metricFromJson),
    params: listIn(data, 'params').map(tagFromJson),
    tags: listIn(data, 'tags').map(tagFromJson),
    datasetInputs: listIn(inputs, 'dataset_inputs').map(datasetInputFromJson),
    modelInputs: listIn(inputs, 'model_inputs').map(modelInputFromJson),
    modelOutputs: listIn(member(json, 'outputs'), 'model_outputs').map(modelOutputFromJson),
  };
}
