import type { Dataset, DatasetInput, ModelInput, ModelOutput } from '../domain/inputs.js';
import { tagFromJson, tagToJson } from './experimentJson.js';
import { int64In, type JsonObject, listIn, member, optionalText, text } from './readJson.js';

export function datasetInputToJson({ dataset, tags }: DatasetInput): JsonObject {
  return {
    ...(tags.length > 0 && { tags: tags.map(tagToJson) }),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      ...(dataset.schema && { schema: dataset.schema }),
      ...(dataset.profile && { profile: dataset.profile }),
    },
  };
}

export function datasetInputFromJson(json: unknown): DatasetInput {
  return { dataset: datasetFromJson(member(json, 'dataset')), tags: listIn(json, 'tags').map(tagFromJson) };
}

function datasetFromJson(json: unknown): Dataset {
  const schema = optionalText(json, 'schema');
  const profile = optionalText(json, 'profile');
  return {
    name: text(json, 'name'),
    digest: text(json, 'digest'),
    sourceType: text(json, 'source_type'),
    source: text(json, 'source'),
    ...(schema !== undefined && { schema }),
    ...(profile !== undefined && { profile }),
  };
}

export function modelInputToJson({ modelId }: ModelInput): JsonObject {
  return { model_id: modelId };
}

export function modelInputFromJson(json: unknown): ModelInput {
  return { modelId: text(json, 'model_id') };
}

export function modelOutputToJson({ modelId, step }: ModelOutput): JsonObject {
  return { model_id: modelId, step };
}

export function modelOutputFromJson(json: unknown): ModelOutput {
  return { modelId: text(json, 'model_id'), step: int64In(json, 'step') };
}
