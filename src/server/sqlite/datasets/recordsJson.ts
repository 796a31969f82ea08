import { createHash } from 'node:crypto';
import { invalidParameter } from '../../../core/base/errors.js';
import {
  type ExactJson,
  type ExactJsonObject,
  isJsonObject,
  NumberText,
  pythonJson,
  tryParsePythonJson,
} from '../../../core/base/pythonJson.js';
import { SYSTEM_TAGS } from '../../../core/domain/tag.js';

const SOURCE_TYPES = ['UNSPECIFIED', 'TRACE', 'HUMAN', 'DOCUMENT', 'CODE'];

/** A record as a client sends it. */
export interface SentRecord {
  readonly json: ExactJsonObject;
  readonly inputs: ExactJson;
  /** Records with the same inputs are one. */
  readonly inputHash: string;
  readonly user: string | undefined;
}

/** Where a record comes from. */
interface RecordSource {
  readonly type: string;
  readonly id: string | undefined;
  readonly text: string;
}

/** @throws MlflowError INVALID_PARAMETER_VALUE where the text is no list of records */
export function readRecords(text: string): SentRecord[] {
  const json = tryParsePythonJson(text);
  if (!Array.isArray(json) || !json.every((item) => isJsonObject(item as ExactJson))) {
    throw invalidParameter('The records of a dataset must be a JSON list of objects.');
  }
  return (json as ExactJsonObject[]).map(readRecord);
}

function readRecord(json: ExactJsonObject): SentRecord {
  const inputs = json.inputs ?? {};
  const tags = isJsonObject(json.tags) ? json.tags : {};
  const user = tags[SYSTEM_TAGS.user];
  return {
    json,
    inputs,
    inputHash: createHash('sha256')
      .update(pythonJson(inputs, { ascii: true, sortKeys: true }))
      .digest('hex'),
    user: typeof user === 'string' ? user : undefined,
  };
}

/**
 * Where a record says it comes from; undefined where it does not say.
 * @throws MlflowError INVALID_PARAMETER_VALUE for a kind of source that MLflow does not know
 */
export function sourceOf({ json: { source } }: SentRecord): RecordSource | undefined {
  if (!isJsonObject(source)) {
    return undefined;
  }
  const type = typeof source.source_type === 'string' ? source.source_type.toUpperCase() : '';
  if (!SOURCE_TYPES.includes(type)) {
    const known = SOURCE_TYPES.map((each) => `'${each}'`).join(', ');
    throw invalidParameter(`Invalid dataset record source type: ${type}. Valid source types: [${known}]`);
  }
  const data = isJsonObject(source.source_data) ? source.source_data : {};
  const id = data[type === 'TRACE' ? 'trace_id' : 'source_id'];
  return {
    type,
    id: typeof id === 'string' ? id : undefined,
    text: pythonJson({ source_type: type, source_data: data }, { ascii: true }),
  };
}

/** JSON text of a member; undefined where it is missing or null. */
export function memberText(json: ExactJsonObject, name: string): string | undefined {
  const value = json[name];
  return value === undefined || value === null ? undefined : pythonJson(value, { ascii: true });
}

/** The members of two objects; those of the second count. */
export function mergedText(old: string | null, added: ExactJson | undefined): string | undefined {
  const before = tryParsePythonJson(old ?? 'null');
  return isJsonObject(added) && Object.keys(added).length > 0
    ? pythonJson({ ...(isJsonObject(before) ? before : {}), ...added }, { ascii: true })
    : undefined;
}

/**
 * The schema of a dataset with what new records add: the type of each field, as it was when it was seen first.
 * @returns undefined where there is nothing to tell
 */
export function schemaWith(old: string | null, records: readonly SentRecord[]): string | undefined {
  const known = tryParsePythonJson(old ?? 'null');
  if (records.length === 0 && !isJsonObject(known)) {
    return undefined;
  }
  const schema: Record<string, unknown> = {
    ...(isJsonObject(known) ? known : { inputs: {}, outputs: {}, expectations: {}, version: '1.0' }),
  };
  for (const { json } of records) {
    for (const part of ['inputs', 'outputs', 'expectations']) {
      schema[part] = partWith(schema[part], json[part], part === 'outputs');
    }
  }
  return pythonJson(schema, { ascii: true });
}

/** @param mayBeAnything whether the value need not be an object */
function partWith(known: unknown, value: ExactJson | undefined, mayBeAnything: boolean): unknown {
  const fields = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : undefined;
  if (fields === undefined || value === undefined || value === null) {
    return known;
  }
  if (isJsonObject(value)) {
    const added = Object.entries(value).filter(([key]) => !Object.hasOwn(fields, key));
    return { ...fields, ...Object.fromEntries(added.map(([key, item]) => [key, typeName(item)])) };
  }
  return mayBeAnything && Object.keys(fields).length === 0 ? typeName(value) : known;
}

function typeName(value: ExactJson): string {
  if (value === null) {
    return 'null';
  }
  if (value instanceof NumberText) {
    return value.isInteger ? 'integer' : 'float';
  }
  return typeof value === 'object' ? (Array.isArray(value) ? 'array' : 'object') : typeof value;
}
