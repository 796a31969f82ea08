import { toInt64 } from '../../core/domain/int64.js';
import {
  type LoggedSpan,
  type Span,
  SPAN_KINDS,
  type SpanAttribute,
  type SpanEvent,
  type SpanLink,
  type SpanStatusCode,
} from '../../core/domain/trace.js';
import { TRACE_ID_PREFIX } from '../../core/traces/ids.js';
import { Attributes } from './decodeValue.js';
import { bytesOf, fieldsOf, integerOf, ProtobufError, type ProtobufField, textOf } from './protobufReader.js';

/*
 * OpenTelemetry's `ExportTraceServiceRequest`, read from protobuf's encoding: a handful of messages, of which the
 * few fields are read that MLflow keeps. The numbers are those of opentelemetry-proto's `trace.proto`.
 */

/** A request with more is refused: whoever sends that many has no need to send them together. */
const MOST_SPANS = 50_000;

/** What a request holds. */
export interface DecodedTraces {
  readonly spans: readonly LoggedSpan[];
  /** Whether there was anything at all, if only the name of a program without spans. */
  readonly isEmpty: boolean;
}

type Change<T> = { -readonly [Key in keyof T]: T[Key] };

/** @throws ProtobufError */
export function decodeTraces(bytes: Uint8Array): DecodedTraces {
  const spans: LoggedSpan[] = [];
  let isEmpty = true;
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === 1) {
      isEmpty = false;
      readResourceSpans(bytesOf(value), spans);
    }
  }
  return { spans, isEmpty };
}

function readResourceSpans(bytes: Uint8Array, spans: LoggedSpan[]): void {
  const resource = new Attributes();
  const scopes: Uint8Array[] = [];
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === 1) {
      eachField(bytesOf(value), { 1: (attribute) => resource.add(bytesOf(attribute)) });
    } else if (number === 2) {
      scopes.push(bytesOf(value));
    }
  }
  const attributes = resource.list();
  for (const scope of scopes) {
    eachField(scope, { 2: (span) => addSpan(bytesOf(span), attributes, spans) });
  }
}

function addSpan(bytes: Uint8Array, resource: readonly SpanAttribute[], spans: LoggedSpan[]): void {
  if (spans.length >= MOST_SPANS) {
    throw new ProtobufError(`more than ${MOST_SPANS} spans`);
  }
  spans.push({ ...decodeSpan(bytes), resource });
}

function decodeSpan(bytes: Uint8Array): Span {
  const attributes = new Attributes();
  const events: SpanEvent[] = [];
  const links: SpanLink[] = [];
  const span: Change<Omit<Span, 'attributes' | 'events' | 'links'>> = {
    traceId: '',
    otelTraceId: '',
    spanId: '',
    name: '',
    kind: 'SPAN_KIND_INTERNAL',
    startTimeNs: 0,
    statusCode: 'UNSET',
    statusMessage: '',
  };
  eachField(bytes, {
    1: (value) => (span.otelTraceId = hexOf(value)),
    2: (value) => (span.spanId = hexOf(value)),
    4: (value) => bytesOf(value).length > 0 && (span.parentSpanId = hexOf(value)),
    5: (value) => (span.name = textOf(value)),
    6: (value) => (span.kind = SPAN_KINDS[Number(integerOf(value)) || 1] ?? 'SPAN_KIND_INTERNAL'),
    7: (value) => (span.startTimeNs = toInt64(integerOf(value))),
    8: (value) => integerOf(value) > 0n && (span.endTimeNs = toInt64(integerOf(value))),
    9: (value) => attributes.add(bytesOf(value)),
    11: (value) => events.push(decodeEvent(bytesOf(value))),
    13: (value) => links.push(decodeLink(bytesOf(value))),
    15: (value) =>
      eachField(bytesOf(value), {
        2: (message) => (span.statusMessage = textOf(message)),
        3: (code) => (span.statusCode = statusCodeOf(integerOf(code))),
      }),
  });
  const traceId = TRACE_ID_PREFIX + span.otelTraceId;
  return { ...span, traceId, attributes: attributes.list(), events, links };
}

function statusCodeOf(number: bigint): SpanStatusCode {
  return number === 1n ? 'OK' : number === 2n ? 'ERROR' : 'UNSET';
}

function decodeEvent(bytes: Uint8Array): SpanEvent {
  const attributes = new Attributes();
  const event: Change<Omit<SpanEvent, 'attributes'>> = { name: '', timeNs: 0 };
  eachField(bytes, {
    1: (value) => (event.timeNs = toInt64(integerOf(value))),
    2: (value) => (event.name = textOf(value)),
    3: (value) => attributes.add(bytesOf(value)),
  });
  return { ...event, attributes: attributes.list() };
}

function decodeLink(bytes: Uint8Array): SpanLink {
  const attributes = new Attributes();
  const link: Change<Omit<SpanLink, 'attributes'>> = { traceId: '', spanId: '' };
  eachField(bytes, {
    1: (value) => (link.traceId = TRACE_ID_PREFIX + hexOf(value)),
    2: (value) => (link.spanId = hexOf(value)),
    4: (value) => attributes.add(bytesOf(value)),
  });
  return { ...link, attributes: attributes.list() };
}

function hexOf(value: ProtobufField['value']): string {
  return Buffer.from(bytesOf(value)).toString('hex');
}

function eachField(
  bytes: Uint8Array,
  readers: Readonly<Record<number, (value: ProtobufField['value']) => unknown>>,
): void {
  for (const { number, value } of fieldsOf(bytes)) {
    readers[number]?.(value);
  }
}
