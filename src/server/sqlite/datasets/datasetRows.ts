import { createHash } from 'node:crypto';
import { doesNotExist } from '../../../core/base/errors.js';
import type { EvaluationDataset } from '../../../core/domain/evaluationDataset.js';
import type { Int64 } from '../../../core/domain/int64.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';

/** A row of `evaluation_datasets`. */
export interface DatasetRow {
  readonly dataset_id: string;
  readonly name: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly digest: string | null;
  readonly created_time: Int64 | null;
  readonly last_update_time: Int64 | null;
  readonly created_by: string | null;
  readonly last_updated_by: string | null;
}

/** Fails where the database is too old to know evaluation datasets. */
export function requireDatasets({ tables }: StoreContext): void {
  tables.require('evaluation_datasets', 'evaluation datasets', '3.4');
}

export function findDatasetRow({ database }: StoreContext, datasetId: string): DatasetRow | undefined {
  return database.get<DatasetRow>('SELECT * FROM evaluation_datasets WHERE dataset_id = ?', datasetId);
}

/** @param message for where there is none: MLflow has several */
export function datasetRow(context: StoreContext, datasetId: string, message?: string): DatasetRow {
  const row = findDatasetRow(context, datasetId);
  if (row === undefined) {
    throw doesNotExist(message ?? `Evaluation dataset with id '${datasetId}' not found`);
  }
  return row;
}

/** The datasets of `rows`, in their order, with their tags. */
export function loadDatasets({ database }: StoreContext, rows: readonly DatasetRow[]): EvaluationDataset[] {
  const tags = groupBy(
    database.all<{ dataset_id: string; key: string; value: string | null }>(
      `SELECT dataset_id, key, value FROM evaluation_dataset_tags
       WHERE dataset_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
      JSON.stringify(rows.map((row) => row.dataset_id)),
    ),
    (tag) => tag.dataset_id,
  );
  return rows.map((row) => ({
    datasetId: row.dataset_id,
    name: row.name,
    tags: (tags.get(row.dataset_id) ?? []).map(({ key, value }) => ({ key, value: value ?? '' })),
    ...(row.schema !== null && { schema: row.schema }),
    ...(row.profile !== null && { profile: row.profile }),
    digest: row.digest ?? '',
    createdTime: row.created_time ?? 0,
    lastUpdateTime: row.last_update_time ?? 0,
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.last_updated_by !== null && { lastUpdatedBy: row.last_updated_by }),
  }));
}

/** What tells one state of a dataset from another. */
export function digestOf(name: string, lastUpdateTime: number): string {
  return createHash('sha256').update(`${name}:${lastUpdateTime}`).digest('hex').slice(0, 8);
}
