import { invalidParameter } from '../../../core/base/errors.js';
import type { DeleteTraces } from '../../../core/stores/traceStore.js';
import type { Bindable } from '../database.js';
import type { StoreContext } from '../storeContext.js';
import { experimentNumber } from '../validation.js';
import { requireTraces } from './startTrace.js';

/** Deletes traces with all that belongs to them. @returns how many */
export function deleteTraces(context: StoreContext, request: DeleteTraces): number {
  requireTraces(context);
  check(request);
  const chosen = chooseTraces(context, request);
  // Older schemas do not delete these with their trace.
  for (const table of ['trace_tags', 'trace_request_metadata']) {
    deleteByIds(context, table, 'request_id', chosen);
  }
  if (context.tables.has('review_queue_items', 'item_type')) {
    context.database.run(
      `DELETE FROM review_queue_items
       WHERE item_type = 'trace' AND item_id IN (SELECT value FROM json_each(?))`,
      chosen,
    );
  }
  return deleteByIds(context, 'trace_info', 'request_id', chosen);
}

function check({ maxTimestamp, maxTraces, traceIds }: DeleteTraces): void {
  if (maxTimestamp === undefined && traceIds.length === 0) {
    throw invalidParameter('Either `max_timestamp_millis` or `trace_ids` must be specified.');
  }
  if (maxTimestamp !== undefined && traceIds.length > 0) {
    throw invalidParameter('Only one of `max_timestamp_millis` and `trace_ids` can be specified.');
  }
  if (traceIds.length > 0 && maxTraces !== undefined) {
    throw invalidParameter("`max_traces` can't be specified if `trace_ids` is specified.");
  }
  if (maxTraces !== undefined && maxTraces <= 0) {
    throw invalidParameter(`\`max_traces\` must be a positive integer, received ${maxTraces}.`);
  }
}

/** The ids of the traces to delete, the oldest first, as a JSON list. */
function chooseTraces({ database }: StoreContext, request: DeleteTraces): string {
  const conditions = ['experiment_id = ?'];
  const values: Bindable[] = [experimentNumber(request.experimentId)];
  if (request.maxTimestamp !== undefined) {
    conditions.push('timestamp_ms <= ?');
    values.push(request.maxTimestamp);
  } else {
    conditions.push('request_id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(request.traceIds));
  }
  const rows = database.all<{ request_id: string }>(
    `SELECT request_id FROM trace_info WHERE ${conditions.join(' AND ')}
     ORDER BY timestamp_ms, request_id LIMIT ?`,
    ...values,
    request.maxTraces ?? -1,
  );
  return JSON.stringify(rows.map((row) => row.request_id));
}

function deleteByIds({ database }: StoreContext, table: string, column: string, ids: string): number {
  return database.run(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`, ids);
}
