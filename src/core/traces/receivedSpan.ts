import { invalidParameter } from '../base/errors.js';
import { isJsonObject, pythonJson, tryParsePythonJson } from '../base/pythonJson.js';
import { type LoggedSpan, SPAN_ATTRIBUTES, type SpanAttribute, TRACE_TAGS } from '../domain/trace.js';
import { TRACE_ID_PREFIX } from './ids.js';

/** Tags of traces that nobody but the server sets. */
export const SERVER_TAGS: readonly string[] = [
  TRACE_TAGS.artifactLocation,
  TRACE_TAGS.spansLocation,
  TRACE_TAGS.archiveLocation,
  TRACE_TAGS.archivalFailure,
];

/**
 * A span as it is kept of what OpenTelemetry's protocol brings: with ids of the usual length, with MLflow's id of
 * the trace among the attributes, and without a second encoding around values that were JSON already.
 * @throws MlflowError INVALID_PARAMETER_VALUE where an id is missing or none
 */
export function receivedSpan(span: LoggedSpan): LoggedSpan {
  const otelTraceId = idOf(span.otelTraceId, 32);
  const traceId = TRACE_ID_PREFIX + otelTraceId;
  const isRoot = span.parentSpanId === undefined;
  const kept = span.attributes.filter(({ key }) => !isRoot || !isServerTag(key)).map(unwrapped);
  return {
    ...span,
    traceId,
    otelTraceId,
    spanId: idOf(span.spanId, 16),
    ...(span.parentSpanId !== undefined && { parentSpanId: idOf(span.parentSpanId, 16) }),
    attributes: withTraceId(kept, pythonJson(traceId)),
  };
}

/** MLflow reads ids as numbers. */
function idOf(hex: string, digits: number): string {
  if (hex === '' || hex.length > digits || !/^[0-9a-f]+$/.test(hex)) {
    throw invalidParameter('Cannot convert OpenTelemetry span to MLflow span');
  }
  return hex.padStart(digits, '0');
}

function isServerTag(attribute: string): boolean {
  const prefix = SPAN_ATTRIBUTES.traceTagPrefix;
  return attribute.startsWith(prefix) && SERVER_TAGS.includes(attribute.slice(prefix.length));
}

/** A text that holds the JSON of a text, a list or an object stands for that; of `"1"` nobody knows what was meant. */
function unwrapped({ key, value }: SpanAttribute): SpanAttribute {
  const outer = tryParsePythonJson(value);
  const inner = typeof outer === 'string' ? tryParsePythonJson(outer) : undefined;
  const isWrapped = typeof inner === 'string' || Array.isArray(inner) || isJsonObject(inner);
  return isWrapped && typeof outer === 'string' ? { key, value: outer } : { key, value };
}

function withTraceId(attributes: readonly SpanAttribute[], value: string): SpanAttribute[] {
  const own = { key: SPAN_ATTRIBUTES.traceId, value };
  return attributes.some(({ key }) => key === own.key)
    ? attributes.map((attribute) => (attribute.key === own.key ? own : attribute))
    : [...attributes, own];
}
