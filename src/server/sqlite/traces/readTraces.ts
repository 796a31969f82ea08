import { doesNotExist, MlflowError } from '../../../core/base/errors.js';
import type { Trace, TraceInfo } from '../../../core/domain/trace.js';
import { compileTraces } from '../../../core/search/compileTraces.js';
import type { GetTraces, SearchTraces } from '../../../core/stores/traceStore.js';
import type { Page } from '../../../core/stores/trackingStore.js';
import { isComplete, keepsSpansInStore } from '../../../core/traces/completeness.js';
import { readPage } from '../searchPage.js';
import type { StoreContext } from '../storeContext.js';
import { checkMaxResults, experimentNumber } from '../validation.js';
import { loadSpans } from './spanRows.js';
import { requireTraces } from './startTrace.js';
import { findTraceRow, loadTraceInfos, traceRow, type TraceRow } from './traceRows.js';

export function getTraceInfo(context: StoreContext, traceId: string): TraceInfo {
  requireTraces(context);
  const [info] = loadTraceInfos(context, [traceRow(context, traceId)]);
  if (info === undefined) {
    throw doesNotExist(`Trace with ID '${traceId}' not found.`);
  }
  return info;
}

export function getTrace(context: StoreContext, traceId: string): Trace {
  requireTraces(context);
  const row = findTraceRow(context, traceId);
  const [trace] = row === undefined ? [] : withSpans(context, [row]);
  if (trace === undefined) {
    throw doesNotExist(`Trace with ID ${traceId} is not found.`);
  }
  return trace;
}

export function getTraceInfos(context: StoreContext, request: GetTraces): TraceInfo[] {
  requireTraces(context);
  return loadTraceInfos(context, rowsOf(context, request));
}

export function getTraces(context: StoreContext, request: GetTraces): Trace[] {
  requireTraces(context);
  return withSpans(context, rowsOf(context, request)).filter(isComplete);
}

/** The rows that there are, in the order of the ids. */
function rowsOf({ database }: StoreContext, { traceIds, experimentIds }: GetTraces): TraceRow[] {
  const rows = database.all<TraceRow>(
    'SELECT * FROM trace_info WHERE request_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(traceIds),
  );
  const byId = new Map(rows.map((row) => [row.request_id, row]));
  const experiments = experimentIds && new Set(experimentIds.map(experimentNumber));
  return [...new Set(traceIds)]
    .flatMap((id) => byId.get(id) ?? [])
    .filter((row) => experiments?.has(row.experiment_id) ?? true);
}

/** @throws MlflowError INTERNAL_ERROR where the spans of one are not in the database */
function withSpans(context: StoreContext, rows: readonly TraceRow[]): Trace[] {
  const infos = loadTraceInfos(context, rows);
  if (!infos.every(keepsSpansInStore)) {
    throw new MlflowError('INTERNAL_ERROR', 'Trace data not stored in tracking store');
  }
  const spans = loadSpans(
    context,
    rows.map((row) => row.request_id),
  );
  return infos.map((info) => ({ info, spans: spans.get(info.traceId) ?? [] }));
}

export function searchTraces(context: StoreContext, query: SearchTraces): Page<TraceInfo> {
  requireTraces(context);
  checkMaxResults(query.maxResults);
  const { experimentIds, filter, orderBy } = query;
  const scope = ['traces', experimentIds, filter ?? '', orderBy];
  const search = compileTraces(query, (table, column) => context.tables.has(table, column));
  const { rows, nextPageToken } = readPage<TraceRow>(context.database, search, 't.*', scope, query);
  return { items: loadTraceInfos(context, rows), ...(nextPageToken !== undefined && { nextPageToken }) };
}
