import type { Assessment } from './assessment.js';
import type { Int64 } from './int64.js';
import type { Tag } from './tag.js';

/** Every state that a trace can have, in the order of MLflow's numbers for them (0 to 3). */
export const TRACE_STATES = ['STATE_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'] as const;

export type TraceState = (typeof TRACE_STATES)[number];

/** What a trace is, without its spans. Times are milliseconds. */
export interface TraceInfo {
  readonly traceId: string;
  readonly experimentId: string;
  readonly requestTime: Int64;
  /** Absent while the trace is in progress. */
  readonly executionDuration?: Int64;
  readonly state: TraceState;
  /** What the traced application calls the request. */
  readonly clientRequestId?: string;
  readonly requestPreview?: string;
  readonly responsePreview?: string;
  /** What was known when the trace was made, such as its run. */
  readonly metadata: readonly Tag[];
  /** What can be changed later. */
  readonly tags: readonly Tag[];
  readonly assessments: readonly Assessment[];
}

export interface Trace {
  readonly info: TraceInfo;
  /** The root first, then by start. */
  readonly spans: readonly Span[];
}

/** A value by its name; the value is JSON text as Python writes it. */
export interface SpanAttribute {
  readonly key: string;
  readonly value: string;
}

export type SpanStatusCode = 'UNSET' | 'OK' | 'ERROR';

/** OpenTelemetry's kinds, in the order of their numbers. */
export const SPAN_KINDS = [
  'SPAN_KIND_UNSPECIFIED',
  'SPAN_KIND_INTERNAL',
  'SPAN_KIND_SERVER',
  'SPAN_KIND_CLIENT',
  'SPAN_KIND_PRODUCER',
  'SPAN_KIND_CONSUMER',
] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

/** One step of a trace. Times are nanoseconds since the epoch, ids hexadecimal digits. */
export interface Span {
  /** MLflow's id of the trace. */
  readonly traceId: string;
  /** OpenTelemetry's: MLflow puts `tr-` before it. */
  readonly otelTraceId: string;
  readonly spanId: string;
  /** Absent for the root. */
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTimeNs: Int64;
  readonly endTimeNs?: Int64;
  readonly statusCode: SpanStatusCode;
  readonly statusMessage: string;
  readonly attributes: readonly SpanAttribute[];
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}

export interface SpanEvent {
  readonly name: string;
  readonly timeNs: Int64;
  readonly attributes: readonly SpanAttribute[];
}

/** Another span that this one has to do with. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly SpanAttribute[];
}

/** A span as it is logged, with what is known of the program that it comes from. */
export interface LoggedSpan extends Span {
  readonly resource: readonly SpanAttribute[];
}

/** Tags of traces that mean something to MLflow. */
export const TRACE_TAGS = {
  name: 'mlflow.traceName',
  artifactLocation: 'mlflow.artifactLocation',
  spansLocation: 'mlflow.trace.spansLocation',
  archiveLocation: 'mlflow.trace.archiveLocation',
  archivalFailure: 'mlflow.trace.archivalFailure',
  linkedPrompts: 'mlflow.linkedPrompts',
} as const;

/** Where spans are: in the database, or in a file among the trace's artifacts. */
export const SPANS_IN_STORE = 'TRACKING_STORE';

/** Metadata of traces that mean something to MLflow. */
export const TRACE_METADATA = {
  sourceRun: 'mlflow.sourceRun',
  session: 'mlflow.trace.session',
  user: 'mlflow.trace.user',
  tokenUsage: 'mlflow.trace.tokenUsage',
  cost: 'mlflow.trace.cost',
  sizeStats: 'mlflow.trace.sizeStats',
  /** Set when the client has said what it knows of the whole trace, so that spans do not overrule it. */
  infoFinalized: 'mlflow.trace.infoFinalized',
} as const;

/** Attributes of spans that mean something to MLflow. */
export const SPAN_ATTRIBUTES = {
  traceId: 'mlflow.traceRequestId',
  type: 'mlflow.spanType',
  inputs: 'mlflow.spanInputs',
  outputs: 'mlflow.spanOutputs',
  tokenUsage: 'mlflow.chat.tokenUsage',
  cost: 'mlflow.llm.cost',
  model: 'mlflow.llm.model',
  modelProvider: 'mlflow.llm.provider',
  session: 'session.id',
  conversation: 'gen_ai.conversation.id',
  user: 'user.id',
  /** What follows is the key of a tag of the trace. */
  traceTagPrefix: 'mlflow.traceTag.',
} as const;
