import type { Int64 } from '../../../core/domain/int64.js';
import type { Tag } from '../../../core/domain/tag.js';
import { TRACE_STATES, TRACE_TAGS, type TraceInfo, type TraceState } from '../../../core/domain/trace.js';
import { doesNotExist } from '../../../core/base/errors.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';
import { type AnalyticsRow, isSet, metadataOfColumns, PROMOTED_METADATA } from './analytics.js';
import { loadAssessments } from './assessmentRows.js';

/** A row of `trace_info`, with the columns that some revisions do not have as optional ones. */
export interface TraceRow extends AnalyticsRow {
  readonly request_id: string;
  readonly experiment_id: number;
  readonly timestamp_ms: Int64;
  readonly execution_time_ms: Int64 | null;
  readonly status: string;
  readonly client_request_id?: string | null;
  readonly request_preview?: string | null;
  readonly response_preview?: string | null;
}

interface KeyValueRow {
  readonly request_id: string;
  readonly key: string;
  readonly value: string | null;
}

/** Whether the database keeps names, sessions and usage of traces in columns of their own (since MLflow 3.17). */
export function hasPromotedColumns({ tables }: StoreContext): boolean {
  return tables.has('trace_info', 'trace_name');
}

export function findTraceRow({ database }: StoreContext, traceId: string): TraceRow | undefined {
  return database.get<TraceRow>('SELECT * FROM trace_info WHERE request_id = ?', traceId);
}

export function traceRow(context: StoreContext, traceId: string): TraceRow {
  const row = findTraceRow(context, traceId);
  if (row === undefined) {
    throw doesNotExist(`Trace with ID '${traceId}' not found.`);
  }
  return row;
}

/** The traces of `rows`, in their order, with tags, metadata and assessments. */
export function loadTraceInfos(context: StoreContext, rows: readonly TraceRow[]): TraceInfo[] {
  const ids = rows.map((row) => row.request_id);
  const tags = loadKeyValues(context, 'trace_tags', ids);
  const metadata = loadKeyValues(context, 'trace_request_metadata', ids);
  const assessments = groupBy(loadAssessments(context, ids), ({ traceId }) => traceId);
  return rows.map((row) => ({
    traceId: row.request_id,
    experimentId: String(row.experiment_id),
    requestTime: row.timestamp_ms,
    ...(row.execution_time_ms !== null && { executionDuration: row.execution_time_ms }),
    state: stateOf(row.status),
    ...(isSet(row.client_request_id) && { clientRequestId: row.client_request_id }),
    ...(isSet(row.request_preview) && { requestPreview: row.request_preview }),
    ...(isSet(row.response_preview) && { responsePreview: row.response_preview }),
    metadata: withMetadata(row, metadata.get(row.request_id) ?? []),
    tags: withName(row, tags.get(row.request_id) ?? []),
    assessments: assessments.get(row.request_id) ?? [],
  }));
}

function withName({ trace_name: name }: TraceRow, tags: readonly Tag[]): readonly Tag[] {
  if (name === undefined) {
    return tags;
  }
  const others = tags.filter(({ key }) => key !== TRACE_TAGS.name);
  return name === null ? others : [...others, { key: TRACE_TAGS.name, value: name }];
}

function withMetadata(row: TraceRow, metadata: readonly Tag[]): readonly Tag[] {
  return row.session_id === undefined
    ? metadata
    : [...metadata.filter(({ key }) => !PROMOTED_METADATA.includes(key)), ...metadataOfColumns(row)];
}

/** MLflow 2 has another word for "unspecified". */
function stateOf(status: string): TraceState {
  return TRACE_STATES.find((state) => state === status) ?? 'STATE_UNSPECIFIED';
}

function loadKeyValues(
  { database }: StoreContext,
  table: string,
  traceIds: readonly string[],
): Map<string, Tag[]> {
  const rows = database.all<KeyValueRow>(
    `SELECT request_id, key, value FROM ${table}
     WHERE request_id IN (SELECT value FROM json_each(?)) ORDER BY request_id, key`,
    JSON.stringify(traceIds),
  );
  const grouped = groupBy(rows, (row) => row.request_id);
  return new Map(
    [...grouped].map(([id, found]) => [id, found.map(({ key, value }) => ({ key, value: value ?? '' }))]),
  );
}

/** Writes tags over older values. */
export function writeTraceTags(context: StoreContext, traceId: string, tags: readonly Tag[]): void {
  writeKeyValues(context, 'trace_tags', traceId, tags);
}

/** Writes metadata over older values. */
export function writeTraceMetadata(context: StoreContext, traceId: string, metadata: readonly Tag[]): void {
  writeKeyValues(context, 'trace_request_metadata', traceId, metadata);
}

function writeKeyValues(
  { database }: StoreContext,
  table: string,
  traceId: string,
  entries: readonly Tag[],
): void {
  for (const { key, value } of entries) {
    database.run(
      `INSERT INTO ${table} (request_id, key, value) VALUES (?, ?, ?)
       ON CONFLICT (key, request_id) DO UPDATE SET value = excluded.value`,
      traceId,
      key,
      value,
    );
  }
}
