import type { Int64 } from '../../../core/domain/int64.js';
import { type Tag, tagValue } from '../../../core/domain/tag.js';
import { TRACE_METADATA, TRACE_TAGS } from '../../../core/domain/trace.js';
import type { StoreContext } from '../storeContext.js';
import {
  type ColumnValues,
  columnsOfMetadata,
  costText,
  PROMOTED_METADATA,
  TOKEN_KEYS,
  usageText,
} from './analytics.js';
import { hasPromotedColumns, writeTraceMetadata, writeTraceTags } from './traceRows.js';

export interface NewTrace {
  readonly traceId: string;
  readonly experimentId: number;
  readonly timestamp: Int64;
  readonly state: string;
}

/** Makes the row of a trace, which other things can then be written to. */
export function insertTrace({ database }: StoreContext, trace: NewTrace): void {
  database.run(
    `INSERT INTO trace_info (request_id, experiment_id, timestamp_ms, execution_time_ms, status)
     VALUES (?, ?, ?, NULL, ?)`,
    trace.traceId,
    trace.experimentId,
    trace.timestamp,
    trace.state,
  );
}

/** Sets columns of a trace; those that the database does not have are left out. */
export function updateTrace({ database, tables }: StoreContext, traceId: string, values: ColumnValues): void {
  const known = Object.entries(values).filter(([column]) => tables.has('trace_info', column));
  if (known.length > 0) {
    const set = known.map(([column]) => `${column} = ?`).join(', ');
    const bound = known.map(([, value]) => value);
    database.run(`UPDATE trace_info SET ${set} WHERE request_id = ?`, ...bound, traceId);
  }
}

/** Writes tags, the name of the trace to where the database has it. */
export function writeTags(context: StoreContext, traceId: string, tags: readonly Tag[]): void {
  if (!hasPromotedColumns(context)) {
    writeTraceTags(context, traceId, tags);
    return;
  }
  const name = tagValue(tags, TRACE_TAGS.name);
  if (name !== undefined) {
    updateTrace(context, traceId, { trace_name: name });
  }
  writeTraceTags(
    context,
    traceId,
    tags.filter(({ key }) => key !== TRACE_TAGS.name),
  );
}

/** Writes metadata, what has columns of its own to these where the database has them. */
export function writeMetadata(context: StoreContext, traceId: string, metadata: readonly Tag[]): void {
  const columns = columnsOfMetadata(metadata);
  if (hasPromotedColumns(context)) {
    updateTrace(context, traceId, columns);
    const others = metadata.filter(({ key }) => !PROMOTED_METADATA.includes(key));
    writeTraceMetadata(context, traceId, others);
    return;
  }
  writeTraceMetadata(context, traceId, metadata);
  writeTraceMetrics(context, traceId, columns);
}

/** Newer databases keep the time of the trace with each assessment. */
export function moveAssessments({ database, tables }: StoreContext, traceId: string, timestamp: Int64): void {
  if (tables.has('assessments', 'trace_timestamp_ms')) {
    database.run('UPDATE assessments SET trace_timestamp_ms = ? WHERE trace_id = ?', timestamp, traceId);
  }
}

/** Writes token usage and cost to where the database has them. */
export function writeAnalytics(context: StoreContext, traceId: string, columns: ColumnValues): void {
  if (hasPromotedColumns(context)) {
    updateTrace(context, traceId, columns);
    return;
  }
  const usage = usageText(columns);
  const cost = costText(columns);
  const metadata: Tag[] = [
    ...(usage === undefined ? [] : [{ key: TRACE_METADATA.tokenUsage, value: usage }]),
    ...(cost === undefined ? [] : [{ key: TRACE_METADATA.cost, value: cost }]),
  ];
  writeTraceMetadata(context, traceId, metadata);
  writeTraceMetrics(context, traceId, columns);
}

/** MLflow 3.9 to 3.16 keep the usage of tokens in a table as well, for their charts. */
function writeTraceMetrics({ database, tables }: StoreContext, traceId: string, columns: ColumnValues): void {
  if (tables.has('trace_metrics')) {
    for (const key of TOKEN_KEYS) {
      if (typeof columns[key] === 'number') {
        database.run(
          `INSERT INTO trace_metrics (request_id, key, value) VALUES (?, ?, ?)
           ON CONFLICT (request_id, key) DO UPDATE SET value = excluded.value`,
          traceId,
          key,
          columns[key],
        );
      }
    }
  }
}
