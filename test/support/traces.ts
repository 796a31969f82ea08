import type { LoggedSpan, Span } from '../../src/core/domain/trace.js';
import type { StartTrace } from '../../src/core/stores/traceStore.js';

let counter = 0;

/** OpenTelemetry's id of a trace that no other test uses. */
export function freshOtelId(): string {
  counter += 1;
  return counter.toString(16).padStart(32, 'a');
}

/** A trace that took 250 ms. */
export function traceOf(experimentId: string, more: Partial<StartTrace> = {}): StartTrace {
  return {
    traceId: `tr-${freshOtelId()}`,
    experimentId,
    requestTime: 1_700_000_000_000,
    executionDuration: 250,
    state: 'OK',
    metadata: [],
    tags: [],
    assessments: [],
    ...more,
  };
}

/** The root of a trace, which took 5 ms. */
export function spanOf(otelTraceId: string, more: Partial<LoggedSpan> = {}): LoggedSpan {
  const traceId = `tr-${otelTraceId}`;
  const { attributes = [], ...others } = more;
  return {
    traceId,
    otelTraceId,
    spanId: '1'.repeat(16),
    name: 'root',
    kind: 'SPAN_KIND_INTERNAL',
    startTimeNs: 1_700_000_000_000_000_001n,
    endTimeNs: 1_700_000_000_005_000_001n,
    statusCode: 'OK',
    statusMessage: '',
    events: [],
    links: [],
    resource: [],
    ...others,
    attributes: [...attributes, { key: 'mlflow.traceRequestId', value: JSON.stringify(traceId) }],
  };
}

/** What is kept of a logged span. */
export function keptOf({ resource: _resource, ...span }: LoggedSpan): Span {
  return span;
}
