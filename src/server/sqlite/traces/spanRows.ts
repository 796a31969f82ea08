import { type Int64, toInt64 } from '../../../core/domain/int64.js';
import { type Span, SPAN_ATTRIBUTES } from '../../../core/domain/trace.js';
import { tryParseJsonObject, tryParsePythonJson } from '../../../core/base/pythonJson.js';
import { readSpanContent, spanContent } from '../../../core/traces/spanContent.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';
import { COST_KEYS, finiteNumber } from './analytics.js';

const MODEL_LENGTH = 500;

interface SpanRow {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly start_time_unix_nano: Int64;
  readonly content: string;
}

/** The spans of traces by the traces' ids, roots first, then by start. Archived spans have no content left. */
export function loadSpans(
  { database, tables }: StoreContext,
  traceIds: readonly string[],
): ReadonlyMap<string, Span[]> {
  if (!tables.has('spans')) {
    return new Map();
  }
  const rows = database.all<SpanRow>(
    `SELECT trace_id, span_id, parent_span_id, start_time_unix_nano, content FROM spans
     WHERE trace_id IN (SELECT value FROM json_each(?)) AND content != ''
     ORDER BY trace_id, parent_span_id IS NOT NULL, start_time_unix_nano, rowid`,
    JSON.stringify(traceIds),
  );
  return groupBy(rows.map(toSpan), ({ traceId }) => traceId);
}

function toSpan(row: SpanRow): Span {
  return readSpanContent(row.content, {
    traceId: row.trace_id,
    spanId: row.span_id,
    ...(row.parent_span_id !== null && { parentSpanId: row.parent_span_id }),
  });
}

/** Writes a span, over the one with the same id if there is one. */
export function writeSpan({ database, tables }: StoreContext, span: Span, experimentId: number): void {
  const values: Record<string, string | Int64 | null> = {
    trace_id: span.traceId,
    span_id: span.spanId,
    experiment_id: experimentId,
    parent_span_id: span.parentSpanId ?? null,
    name: span.name,
    type: stringAttribute(span, SPAN_ATTRIBUTES.type) ?? null,
    status: span.statusCode,
    start_time_unix_nano: span.startTimeNs,
    end_time_unix_nano: span.endTimeNs ?? null,
    content: spanContent(span),
    ...(tables.has('spans', 'model_name') && analyticsOf(span)),
  };
  const columns = Object.keys(values);
  database.run(
    `INSERT INTO spans (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (trace_id, span_id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(values),
  );
}

/** Since MLflow 3.17 cost and model of a span have columns. */
function analyticsOf(span: Span): Record<string, string | number | null> {
  const cost = tryParseJsonObject(attributeText(span, SPAN_ATTRIBUTES.cost)) ?? {};
  return {
    ...Object.fromEntries(COST_KEYS.map((key) => [key, finiteNumber(cost[key])])),
    model_name: stringAttribute(span, SPAN_ATTRIBUTES.model)?.slice(0, MODEL_LENGTH) ?? null,
    model_provider: stringAttribute(span, SPAN_ATTRIBUTES.modelProvider)?.slice(0, MODEL_LENGTH) ?? null,
  };
}

/** The JSON of an attribute, if the span has it. */
export function attributeText({ attributes }: Span, key: string): string | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value;
}

/** The value of an attribute that is a text. */
export function stringAttribute(span: Span, key: string): string | undefined {
  const value = tryParsePythonJson(attributeText(span, key) ?? '');
  return typeof value === 'string' ? value : undefined;
}

/** A time in whole milliseconds. */
export function milliseconds(nanoseconds: Int64): Int64 {
  return toInt64(BigInt(nanoseconds) / 1_000_000n);
}
