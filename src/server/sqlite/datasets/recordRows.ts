import { tryParsePythonJson, pythonJson, tryParseJsonObject } from '../../../core/base/pythonJson.js';
import type { DatasetRecord } from '../../../core/domain/evaluationDataset.js';
import type { Int64 } from '../../../core/domain/int64.js';
import type { StoreContext } from '../storeContext.js';

/** The key that MLflow keeps outputs under, which need not be an object. */
const WRAPPED = 'mlflow_wrapped';

/** A row of `evaluation_dataset_records`. */
export interface RecordRow {
  readonly dataset_record_id: string;
  readonly dataset_id: string;
  readonly inputs: string;
  /** Since MLflow 3.5. */
  readonly outputs?: string | null;
  readonly expectations: string | null;
  readonly tags: string | null;
  readonly source: string | null;
  readonly source_id: string | null;
  readonly source_type: string | null;
  readonly created_time: Int64 | null;
  readonly last_update_time: Int64 | null;
  readonly created_by: string | null;
  readonly last_updated_by: string | null;
}

export function toRecord(row: RecordRow): DatasetRecord {
  const outputs = tryParseJsonObject(row.outputs ?? undefined)?.[WRAPPED];
  return {
    datasetRecordId: row.dataset_record_id,
    datasetId: row.dataset_id,
    inputs: row.inputs,
    ...(outputs !== undefined && outputs !== null && { outputs: pythonJson(outputs, { ascii: true }) }),
    ...optional('expectations', row.expectations),
    tags: isNothing(row.tags) ? '{}' : row.tags,
    ...optional('source', row.source),
    ...(row.source_id !== null && { sourceId: row.source_id }),
    ...(row.source_type !== null && { sourceType: row.source_type }),
    createdTime: row.created_time ?? 0,
    lastUpdateTime: row.last_update_time ?? 0,
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.last_updated_by !== null && { lastUpdatedBy: row.last_updated_by }),
  };
}

function optional<Name extends string>(name: Name, text: string | null): Partial<Record<Name, string>> {
  return isNothing(text) ? {} : ({ [name]: text } as Record<Name, string>);
}

/** MLflow writes `null` as JSON. */
function isNothing(text: string | null): text is null {
  return text === null || tryParsePythonJson(text) === null;
}

/** Outputs as they are kept. @param outputs JSON text; undefined for none */
export function wrappedOutputs(outputs: string | undefined): string {
  return outputs === undefined ? 'null' : `{"${WRAPPED}": ${outputs}}`;
}

/** Sets columns of a record that the database has. */
export function withKnownColumns<T>(
  { tables }: StoreContext,
  values: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter(([column]) => tables.has('evaluation_dataset_records', column)),
  );
}
