import { MlflowError } from '../base/errors.js';
import { type ExactJson, isJsonObject, NumberText, parsePythonJson, pythonJson } from '../base/pythonJson.js';
import { type Int64, toInt64 } from '../domain/int64.js';
import {
  type Span,
  type SpanAttribute,
  type SpanKind,
  SPAN_KINDS,
  type SpanStatusCode,
} from '../domain/trace.js';
import { base64ToHex, hexToBase64, TRACE_ID_PREFIX } from './ids.js';

/*
 * The text that MLflow keeps of a span in its database (and in `traces.json`): the JSON of `Span.to_dict`. The
 * values of attributes are JSON texts within it, those of events and links are not.
 */

/** The text to keep of a span. */
export function spanContent(span: Span): string {
  const parts = {
    trace_id: pythonJson(hexToBase64(span.otelTraceId)),
    span_id: pythonJson(hexToBase64(span.spanId)),
    parent_span_id: pythonJson(span.parentSpanId === undefined ? null : hexToBase64(span.parentSpanId)),
    name: pythonJson(span.name),
    kind: pythonJson(span.kind),
    start_time_unix_nano: String(span.startTimeNs),
    end_time_unix_nano: pythonJson(span.endTimeNs ?? null),
    events: list(
      span.events.map(({ name, timeNs, attributes }) =>
        object({ name: pythonJson(name), time_unix_nano: String(timeNs), attributes: objectOf(attributes) }),
      ),
    ),
    status: pythonJson({ code: `STATUS_CODE_${span.statusCode}`, message: span.statusMessage }),
    attributes: pythonJson(Object.fromEntries(span.attributes.map(({ key, value }) => [key, value]))),
    links: list(
      span.links.map(({ traceId, spanId, attributes }) =>
        object({
          trace_id: pythonJson(traceId),
          span_id: pythonJson(spanId),
          attributes: attributes.length > 0 ? objectOf(attributes) : 'null',
        }),
      ),
    ),
  };
  return object(parts);
}

function object(parts: Readonly<Record<string, string>>): string {
  return `{${Object.entries(parts)
    .map(([key, text]) => `${pythonJson(key)}: ${text}`)
    .join(', ')}}`;
}

function objectOf(attributes: readonly SpanAttribute[]): string {
  return object(Object.fromEntries(attributes.map(({ key, value }) => [key, value])));
}

function list(texts: readonly string[]): string {
  return `[${texts.join(', ')}]`;
}

/** What a row of the table says of a span besides its text. */
export interface SpanRowIds {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/**
 * The span of a text.
 * @throws MlflowError DATA_LOSS where it is not such a text
 */
export function readSpanContent(content: string, ids: SpanRowIds): Span {
  let json: ExactJson;
  try {
    json = parsePythonJson(content);
  } catch (error) {
    throw new MlflowError('DATA_LOSS', `The span ${ids.spanId} of trace ${ids.traceId} is damaged.`, {
      cause: error,
    });
  }
  const status = member(json, 'status');
  const endTimeNs = integer(member(json, 'end_time_unix_nano'));
  return {
    ...ids,
    otelTraceId: otelTraceId(text(json, 'trace_id'), ids.traceId),
    name: text(json, 'name'),
    kind: spanKind(text(json, 'kind')),
    startTimeNs: integer(member(json, 'start_time_unix_nano')),
    ...(endTimeNs !== 0 && { endTimeNs }),
    statusCode: statusCode(text(status, 'code')),
    statusMessage: text(status, 'message'),
    attributes: entries(member(json, 'attributes')).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? value : pythonJson(value),
    })),
    events: items(member(json, 'events')).map((event) => ({
      name: text(event, 'name'),
      timeNs: integer(member(event, 'time_unix_nano')),
      attributes: plainAttributes(event),
    })),
    links: items(member(json, 'links')).map((link) => ({
      traceId: text(link, 'trace_id'),
      spanId: text(link, 'span_id'),
      attributes: plainAttributes(link),
    })),
  };
}

/** MLflow 3.5 kept its own id in place of OpenTelemetry's. */
function otelTraceId(kept: string, traceId: string): string {
  const hex = kept.startsWith(TRACE_ID_PREFIX) ? kept.slice(TRACE_ID_PREFIX.length) : base64ToHex(kept);
  return /^[0-9a-f]{32}$/.test(hex) ? hex : traceId.slice(TRACE_ID_PREFIX.length);
}

function spanKind(name: string): SpanKind {
  return SPAN_KINDS.find((kind) => kind === name) ?? 'SPAN_KIND_INTERNAL';
}

/** MLflow 3.5 left out OpenTelemetry's prefix. */
function statusCode(name: string): SpanStatusCode {
  const code = name.replace('STATUS_CODE_', '');
  return code === 'OK' || code === 'ERROR' ? code : 'UNSET';
}

function plainAttributes(json: ExactJson | undefined): SpanAttribute[] {
  return entries(member(json, 'attributes')).map(([key, value]) => ({ key, value: pythonJson(value) }));
}

function member(json: ExactJson | undefined, name: string): ExactJson | undefined {
  return isJsonObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

function text(json: ExactJson | undefined, name: string): string {
  const value = member(json, name);
  return typeof value === 'string' ? value : '';
}

function entries(json: ExactJson | undefined): [string, ExactJson][] {
  return isJsonObject(json) ? Object.entries(json) : [];
}

function items(json: ExactJson | undefined): readonly ExactJson[] {
  return Array.isArray(json) ? (json as readonly ExactJson[]) : [];
}

/** Some clients write these as texts. */
function integer(json: ExactJson | undefined): Int64 {
  const digits = json instanceof NumberText ? json.text : json;
  return typeof digits === 'string' && /^\d{1,19}$/.test(digits) ? toInt64(BigInt(digits)) : 0;
}
