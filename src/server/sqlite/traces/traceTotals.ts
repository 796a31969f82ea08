import { type Int64, toInt64 } from '../../../core/domain/int64.js';
import { type LoggedSpan, SPAN_ATTRIBUTES, TRACE_METADATA } from '../../../core/domain/trace.js';
import { LIMITS } from '../../../core/base/limits.js';
import type { StoreContext } from '../storeContext.js';
import { checkLength } from '../validation.js';
import { costText, isSet, usageText } from './analytics.js';
import { type CountedSpan, totalCost, totalUsage } from './spanTotals.js';
import { loadSpans, stringAttribute } from './spanRows.js';
import { hasPromotedColumns, type TraceRow, writeTraceMetadata } from './traceRows.js';
import { updateTrace, writeAnalytics } from './traceWrites.js';

/** Whether the client has said what it knows of the whole trace. */
export function isFinalized(context: StoreContext, traceId: string): boolean {
  return metadataValue(context, traceId, TRACE_METADATA.infoFinalized) !== undefined;
}

function metadataValue({ database }: StoreContext, traceId: string, key: string): string | undefined {
  const sql = 'SELECT value FROM trace_request_metadata WHERE request_id = ? AND key = ?';
  return database.get<{ value: string }>(sql, traceId, key)?.value;
}

/**
 * Writes what spans tell of their trace as a whole: session, user, token usage and cost. What the client itself
 * has said of these stays.
 */
export function writeTotals(
  context: StoreContext,
  row: TraceRow,
  spans: readonly LoggedSpan[],
  isNew: boolean,
): void {
  const known = knownOf(context, row);
  const usage = known.usage ? undefined : totalUsage(spans);
  const cost = known.cost ? undefined : totalCost(spans);
  if (usage !== undefined || cost !== undefined) {
    // Spans that came earlier may stand above or below these, so all of them are counted anew.
    const all: readonly CountedSpan[] = isNew
      ? spans
      : (loadSpans(context, [row.request_id]).get(row.request_id) ?? []);
    writeAnalytics(context, row.request_id, {
      ...(usage !== undefined && whole(totalUsage(all) ?? {})),
      ...(cost !== undefined && totalCost(all)),
    });
  }
  writeSession(context, row, spans);
  const user = firstString(spans, SPAN_ATTRIBUTES.user);
  if (user !== undefined && metadataValue(context, row.request_id, TRACE_METADATA.user) === undefined) {
    writeTraceMetadata(context, row.request_id, [{ key: TRACE_METADATA.user, value: user }]);
  }
}

/** What the client has told, and spans do not overrule. */
function knownOf(context: StoreContext, row: TraceRow): { readonly usage: boolean; readonly cost: boolean } {
  const traceId = row.request_id;
  if (!isFinalized(context, traceId)) {
    return { usage: false, cost: false };
  }
  return hasPromotedColumns(context)
    ? { usage: usageText(row) !== undefined, cost: costText(row) !== undefined }
    : {
        usage: metadataValue(context, traceId, TRACE_METADATA.tokenUsage) !== undefined,
        cost: metadataValue(context, traceId, TRACE_METADATA.cost) !== undefined,
      };
}

function whole(usage: Readonly<Record<string, number>>): Record<string, Int64> {
  return Object.fromEntries(
    Object.entries(usage)
      .filter(([, value]) => Number.isInteger(value))
      .map(([key, value]) => [key, toInt64(BigInt(value))]),
  );
}

function writeSession(context: StoreContext, row: TraceRow, spans: readonly LoggedSpan[]): void {
  const session =
    firstString(spans, SPAN_ATTRIBUTES.session) ?? firstString(spans, SPAN_ATTRIBUTES.conversation);
  if (session === undefined) {
    return;
  }
  checkLength('Session ID', session, LIMITS.traceSessionLength);
  if (hasPromotedColumns(context)) {
    if (!isSet(row.session_id)) {
      updateTrace(context, row.request_id, { session_id: session });
    }
  } else if (metadataValue(context, row.request_id, TRACE_METADATA.session) === undefined) {
    writeTraceMetadata(context, row.request_id, [{ key: TRACE_METADATA.session, value: session }]);
  }
}

function firstString(spans: readonly LoggedSpan[], key: string): string | undefined {
  for (const span of spans) {
    const value = stringAttribute(span, key);
    if (value) {
      return value;
    }
  }
  return undefined;
}
