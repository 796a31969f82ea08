import { randomUUID } from 'node:crypto';
import { NumberText, tryParseJsonObject } from '../../../core/base/pythonJson.js';
import type { DatasetRecord } from '../../../core/domain/evaluationDataset.js';
import type { Int64 } from '../../../core/domain/int64.js';
import { fragment } from '../../../core/search/sql.js';
import type { GetDatasetRecords, UpsertedRecords } from '../../../core/stores/datasetStore.js';
import type { Page } from '../../../core/stores/trackingStore.js';
import { readPage } from '../searchPage.js';
import type { StoreContext } from '../storeContext.js';
import { checkMaxResults } from '../validation.js';
import { datasetRow, digestOf, findDatasetRow, requireDatasets } from './datasetRows.js';
import { type RecordRow, toRecord, withKnownColumns, wrappedOutputs } from './recordRows.js';
import { memberText, mergedText, readRecords, schemaWith, type SentRecord, sourceOf } from './recordsJson.js';

type Columns = Readonly<Record<string, string | Int64 | null>>;

export function upsertDatasetRecords(
  context: StoreContext,
  datasetId: string,
  json: string,
): UpsertedRecords {
  requireDatasets(context);
  const records = readRecords(json);
  const dataset = datasetRow(context, datasetId);
  const now = Date.now();
  let updated = 0;
  for (const record of records) {
    const existing = findRecord(context, datasetId, record.inputHash);
    if (existing === undefined) {
      insertRecord(context, datasetId, record, now);
    } else {
      mergeRecord(context, existing, record, now);
      updated += 1;
    }
  }
  const schema = schemaWith(dataset.schema, records);
  const count = countRecords(context, datasetId);
  updateDataset(context, datasetId, {
    last_update_time: now,
    last_updated_by: records.findLast(({ user }) => user !== undefined)?.user ?? null,
    digest: digestOf(dataset.name, now),
    ...(schema !== undefined && { schema }),
    ...(count > 0 && { profile: profileOf(count) }),
  });
  return { inserted: records.length - updated, updated };
}

function findRecord({ database }: StoreContext, datasetId: string, inputHash: string): RecordRow | undefined {
  const sql = 'SELECT * FROM evaluation_dataset_records WHERE dataset_id = ? AND input_hash = ?';
  return database.get<RecordRow>(sql, datasetId, inputHash);
}

function insertRecord(context: StoreContext, datasetId: string, record: SentRecord, now: number): void {
  const { json, user = null } = record;
  const source = sourceOf(record);
  const outputs = json.outputs === undefined ? '{}' : memberText(json, 'outputs');
  const values = withKnownColumns<string | Int64 | null>(context, {
    dataset_record_id: `dr-${randomUUID().replaceAll('-', '')}`,
    dataset_id: datasetId,
    inputs: memberText({ inputs: record.inputs }, 'inputs') ?? '{}',
    outputs: wrappedOutputs(outputs),
    expectations: memberText(json, 'expectations') ?? 'null',
    tags: memberText(json, 'tags') ?? '{}',
    source: source?.text ?? 'null',
    source_id: source?.id ?? null,
    source_type: source?.type ?? null,
    created_time: now,
    last_update_time: now,
    created_by: user,
    last_updated_by: user,
    input_hash: record.inputHash,
  });
  const columns = Object.keys(values);
  context.database.run(
    `INSERT INTO evaluation_dataset_records (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(values),
  );
}

/** Outputs are replaced; expectations and tags are added to those there are. */
function mergeRecord(context: StoreContext, row: RecordRow, { json, user }: SentRecord, now: number): void {
  const expectations = mergedText(row.expectations, json.expectations);
  const tags = mergedText(row.tags, json.tags);
  const values = withKnownColumns<string | Int64 | null>(context, {
    ...(json.outputs !== undefined && { outputs: wrappedOutputs(memberText(json, 'outputs')) }),
    ...(expectations !== undefined && { expectations }),
    ...(tags !== undefined && { tags }),
    last_update_time: now,
    ...(user !== undefined && { last_updated_by: user }),
  });
  update(context, 'evaluation_dataset_records', values, 'dataset_record_id', row.dataset_record_id);
}

export function getDatasetRecords(context: StoreContext, request: GetDatasetRecords): Page<DatasetRecord> {
  requireDatasets(context);
  checkMaxResults(request.maxResults);
  const search = {
    from: fragment('evaluation_dataset_records r'),
    where: fragment('r.dataset_id = ?', request.datasetId),
    orderKeys: [
      { sql: 'r.created_time', ascending: true },
      { sql: 'r.dataset_record_id', ascending: true },
    ],
  };
  const scope = ['records', request.datasetId];
  const { rows, nextPageToken } = readPage<RecordRow>(context.database, search, 'r.*', scope, request);
  return { items: rows.map(toRecord), ...(nextPageToken !== undefined && { nextPageToken }) };
}

export function deleteDatasetRecords(
  context: StoreContext,
  datasetId: string,
  recordIds: readonly string[],
): number {
  requireDatasets(context);
  const deleted = context.database.run(
    `DELETE FROM evaluation_dataset_records
     WHERE dataset_id = ? AND dataset_record_id IN (SELECT value FROM json_each(?))`,
    datasetId,
    JSON.stringify(recordIds),
  );
  const dataset = findDatasetRow(context, datasetId);
  if (deleted > 0 && dataset !== undefined) {
    const known = tryParseJsonObject(dataset.profile ?? undefined)?.num_records;
    const left = Math.max(0, (known instanceof NumberText ? known.value : 0) - deleted);
    updateDataset(context, datasetId, { profile: left > 0 ? profileOf(left) : 'null' });
  }
  return deleted;
}

function countRecords({ database }: StoreContext, datasetId: string): number {
  const sql = 'SELECT count(*) AS records FROM evaluation_dataset_records WHERE dataset_id = ?';
  return database.get<{ records: number }>(sql, datasetId)?.records ?? 0;
}

function profileOf(records: number): string {
  return `{"num_records": ${records}}`;
}

function updateDataset(context: StoreContext, datasetId: string, values: Columns): void {
  update(context, 'evaluation_datasets', values, 'dataset_id', datasetId);
}

function update(
  { database }: StoreContext,
  table: string,
  values: Columns,
  idColumn: string,
  id: string,
): void {
  const set = Object.keys(values).map((column) => `${column} = ?`);
  database.run(`UPDATE ${table} SET ${set.join(', ')} WHERE ${idColumn} = ?`, ...Object.values(values), id);
}
