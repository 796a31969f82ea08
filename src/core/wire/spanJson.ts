import type { Int64 } from '../domain/int64.js';
import {
  type LoggedSpan,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanKind,
  type SpanStatusCode,
} from '../domain/trace.js';
import { base64ToHex, hexToBase64, otelTraceIdOf, TRACE_ID_PREFIX } from '../traces/ids.js';
import { attributesFromJson, attributesToJson, field, listFrom, textIn } from './otlpValue.js';
import { wholeNumber } from './parseMessage.js';
import type { JsonObject } from './readJson.js';

/*
 * OpenTelemetry's spans in JSON. In MLflow's API ids are base64, as protobuf has bytes, and names of fields are in
 * snake_case; in OpenTelemetry's own protocol ids are hexadecimal and names in camelCase.
 */

/** A span as MLflow's API answers it. */
export function spanToJson(span: Span): JsonObject {
  return {
    trace_id: hexToBase64(span.otelTraceId),
    span_id: hexToBase64(span.spanId),
    ...(span.parentSpanId !== undefined && { parent_span_id: hexToBase64(span.parentSpanId) }),
    ...partsWithoutIds(span),
    ...(span.links.length > 0 && {
      links: span.links.map((link) => ({
        trace_id: hexToBase64(otelTraceIdOf(link.traceId)),
        span_id: hexToBase64(link.spanId),
        ...attributesPart(link),
      })),
    }),
  };
}

/** Spans as OpenTelemetry's protocol sends them, each with where it comes from. */
export function spansToOtlp(spans: readonly LoggedSpan[]): JsonObject {
  return {
    resourceSpans: spans.map((span) => ({
      resource: attributesPart({ attributes: span.resource }),
      scopeSpans: [{ spans: [spanToOtlp(span)] }],
    })),
  };
}

function spanToOtlp(span: Span): JsonObject {
  return {
    traceId: span.otelTraceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    ...partsWithoutIds(span),
    links: span.links.map((link) => ({
      traceId: otelTraceIdOf(link.traceId),
      spanId: link.spanId,
      ...attributesPart(link),
    })),
  };
}

function partsWithoutIds(span: Span): JsonObject {
  return {
    name: span.name,
    kind: span.kind,
    start_time_unix_nano: span.startTimeNs,
    ...(span.endTimeNs !== undefined && { end_time_unix_nano: span.endTimeNs }),
    ...attributesPart(span),
    ...(span.events.length > 0 && { events: span.events.map(eventToJson) }),
    status: statusToJson(span),
  };
}

function attributesPart({ attributes }: Pick<Span, 'attributes'>): JsonObject {
  return attributes.length > 0 ? { attributes: attributesToJson(attributes) } : {};
}

function eventToJson(event: SpanEvent): JsonObject {
  return { time_unix_nano: event.timeNs, name: event.name, ...attributesPart(event) };
}

function statusToJson({ statusCode, statusMessage }: Span): JsonObject {
  return {
    ...(statusMessage && { message: statusMessage }),
    ...(statusCode !== 'UNSET' && { code: `STATUS_CODE_${statusCode}` }),
  };
}

type ReadId = (text: string) => string;

/**
 * A span as MLflow's API answers it.
 * @param traceId MLflow's id of its trace
 * @throws TypeError where it is none
 */
export function spanFromJson(json: unknown, traceId: string): Span {
  return { ...spanParts(json, base64ToHex), traceId };
}

/**
 * The spans that OpenTelemetry's protocol sends. MLflow's id of a trace is made of OpenTelemetry's, whatever a
 * client says.
 * @throws TypeError where it is something else
 */
export function spansFromOtlp(json: unknown): LoggedSpan[] {
  return listFrom(field(json, 'resourceSpans')).flatMap((resourceSpans) => {
    const resource = attributesFromJson(field(field(resourceSpans, 'resource'), 'attributes'));
    return listFrom(field(resourceSpans, 'scopeSpans'))
      .flatMap((scopeSpans) => listFrom(field(scopeSpans, 'spans')))
      .map((span) => {
        const parts = spanParts(span, (hex) => hex.toLowerCase());
        return { ...parts, traceId: TRACE_ID_PREFIX + parts.otelTraceId, resource };
      });
  });
}

function spanParts(json: unknown, readId: ReadId): Omit<Span, 'traceId'> {
  const parent = readId(textIn(json, 'parentSpanId'));
  const status = field(json, 'status');
  const endTimeNs = integerIn(json, 'endTimeUnixNano');
  return {
    otelTraceId: readId(textIn(json, 'traceId')),
    spanId: readId(textIn(json, 'spanId')),
    ...(parent !== '' && { parentSpanId: parent }),
    name: textIn(json, 'name'),
    kind: kindFromJson(field(json, 'kind')),
    startTimeNs: integerIn(json, 'startTimeUnixNano'),
    ...(endTimeNs !== 0 && { endTimeNs }),
    statusCode: statusCodeFromJson(field(status, 'code')),
    statusMessage: textIn(status, 'message'),
    attributes: attributesFromJson(field(json, 'attributes')),
    events: listFrom(field(json, 'events')).map((event) => ({
      name: textIn(event, 'name'),
      timeNs: integerIn(event, 'timeUnixNano'),
      attributes: attributesFromJson(field(event, 'attributes')),
    })),
    links: listFrom(field(json, 'links')).map((link) => ({
      traceId: TRACE_ID_PREFIX + readId(textIn(link, 'traceId')),
      spanId: readId(textIn(link, 'spanId')),
      attributes: attributesFromJson(field(link, 'attributes')),
    })),
  };
}

function integerIn(json: unknown, name: string): Int64 {
  return wholeNumber(field(json, name)) ?? 0;
}

/** An enumeration's value by its name or number. */
function kindFromJson(json: unknown): SpanKind {
  const kind = SPAN_KINDS.find((name, number) => json === name || json === number);
  return kind === undefined || kind === 'SPAN_KIND_UNSPECIFIED' ? 'SPAN_KIND_INTERNAL' : kind;
}

function statusCodeFromJson(json: unknown): SpanStatusCode {
  return json === 1 || json === 'STATUS_CODE_OK'
    ? 'OK'
    : json === 2 || json === 'STATUS_CODE_ERROR'
      ? 'ERROR'
      : 'UNSET';
}
