import { isJsonObject, pythonJson, tryParsePythonJson } from '../base/pythonJson.js';
import type { DatasetRecord, DatasetSummary, EvaluationDataset } from '../domain/evaluationDataset.js';
import type { Tag } from '../domain/tag.js';
import { plainJson } from './plainJson.js';
import { int64In, type JsonObject, listIn, member, optionalText, text } from './readJson.js';

export function evaluationDatasetToJson(dataset: EvaluationDataset): JsonObject {
  return {
    dataset_id: dataset.datasetId,
    name: dataset.name,
    tags: tagsText(dataset.tags),
    ...(dataset.schema !== undefined && { schema: dataset.schema }),
    ...(dataset.profile !== undefined && { profile: dataset.profile }),
    digest: dataset.digest,
    created_time: dataset.createdTime,
    last_update_time: dataset.lastUpdateTime,
    ...(dataset.createdBy !== undefined && { created_by: dataset.createdBy }),
    ...(dataset.lastUpdatedBy !== undefined && { last_updated_by: dataset.lastUpdatedBy }),
    ...(dataset.experimentIds?.length && { experiment_ids: dataset.experimentIds }),
  };
}

export function evaluationDatasetFromJson(json: unknown): EvaluationDataset {
  const schema = optionalText(json, 'schema');
  const profile = optionalText(json, 'profile');
  const createdBy = optionalText(json, 'created_by');
  const lastUpdatedBy = optionalText(json, 'last_updated_by');
  const experimentIds = listIn(json, 'experiment_ids').map(String);
  return {
    datasetId: text(json, 'dataset_id'),
    name: text(json, 'name'),
    tags: tagsOfText(text(json, 'tags')) ?? [],
    ...(schema !== undefined && { schema }),
    ...(profile !== undefined && { profile }),
    digest: text(json, 'digest'),
    createdTime: int64In(json, 'created_time'),
    lastUpdateTime: int64In(json, 'last_update_time'),
    ...(createdBy !== undefined && { createdBy }),
    ...(lastUpdatedBy !== undefined && { lastUpdatedBy }),
    ...(experimentIds.length > 0 && { experimentIds }),
  };
}

/** Tags as the text that this part of the API has for them. */
export function tagsText(tags: readonly Tag[]): string {
  return pythonJson(Object.fromEntries(tags.map(({ key, value }) => [key, value])), { ascii: true });
}

/** The tags of such a text, without those that are null; undefined where it is none. */
export function tagsOfText(json: string): Tag[] | undefined {
  const tags = tryParsePythonJson(json);
  if (!isJsonObject(tags)) {
    return undefined;
  }
  return Object.entries(tags).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value: typeof value === 'string' ? value : pythonJson(value) }],
  );
}

/** The parts of a record that are JSON texts in themselves. */
const JSON_PARTS = ['inputs', 'outputs', 'expectations', 'tags', 'source'] as const;

/** Records as the one text that this part of the API has for them. */
export function recordsText(records: readonly DatasetRecord[]): string {
  return `[${records.map(recordText).join(', ')}]`;
}

function recordText(record: DatasetRecord): string {
  const parts = {
    dataset_record_id: pythonJson(record.datasetRecordId),
    dataset_id: pythonJson(record.datasetId),
    ...Object.fromEntries(JSON_PARTS.map((part) => [part, record[part]])),
    source_id: record.sourceId === undefined ? undefined : pythonJson(record.sourceId),
    source_type: record.sourceType === undefined ? undefined : pythonJson(record.sourceType),
    created_time: pythonJson(record.createdTime),
    last_update_time: pythonJson(record.lastUpdateTime),
    created_by: record.createdBy === undefined ? undefined : pythonJson(record.createdBy, { ascii: true }),
    last_updated_by:
      record.lastUpdatedBy === undefined ? undefined : pythonJson(record.lastUpdatedBy, { ascii: true }),
  };
  const known = Object.entries(parts).filter(([, value]) => value !== undefined);
  return `{${known.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`;
}

/** The records of such a text. */
export function recordsOfText(json: string): DatasetRecord[] {
  const records = tryParsePythonJson(json);
  return Array.isArray(records) ? records.map(recordFromJson) : [];
}

function recordFromJson(json: unknown): DatasetRecord {
  const plain = plainJson(json as never);
  const sourceId = optionalText(plain, 'source_id');
  const sourceType = optionalText(plain, 'source_type');
  const createdBy = optionalText(plain, 'created_by');
  const lastUpdatedBy = optionalText(plain, 'last_updated_by');
  const parts = JSON_PARTS.map((part) => [part, member(json, part)] as const).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    datasetRecordId: text(plain, 'dataset_record_id'),
    datasetId: text(plain, 'dataset_id'),
    inputs: '{}',
    ...Object.fromEntries(parts.map(([part, value]) => [part, pythonJson(value, { ascii: true })])),
    ...(sourceId !== undefined && { sourceId }),
    ...(sourceType !== undefined && { sourceType }),
    createdTime: int64In(plain, 'created_time'),
    lastUpdateTime: int64In(plain, 'last_update_time'),
    ...(createdBy !== undefined && { createdBy }),
    ...(lastUpdatedBy !== undefined && { lastUpdatedBy }),
  };
}

export function datasetSummaryToJson({ experimentId, name, digest, context }: DatasetSummary): JsonObject {
  return { experiment_id: experimentId, name, digest, ...(context !== undefined && { context }) };
}

export function datasetSummaryFromJson(json: unknown): DatasetSummary {
  const context = optionalText(json, 'context');
  return {
    experimentId: text(json, 'experiment_id'),
    name: text(json, 'name'),
    digest: text(json, 'digest'),
    ...(context !== undefined && { context }),
  };
}
