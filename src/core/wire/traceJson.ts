import { TRACE_STATES, type Trace, type TraceInfo, type TraceState } from '../domain/trace.js';
import { assessmentsIn, assessmentToJson } from './assessmentJson.js';
import { mapFromJson, mapToJson } from './mapJson.js';
import { tagFromJson } from './experimentJson.js';
import { int64In, type JsonObject, listIn, member, text } from './readJson.js';
import { spanFromJson, spanToJson } from './spanJson.js';
import { durationFromJson, durationToJson, timestampFromJson, timestampToJson } from './times.js';

type TraceInfoParts = Omit<TraceInfo, 'assessments'> & {
  readonly assessments: readonly Parameters<typeof assessmentToJson>[0][];
};

export function traceInfoToJson(info: TraceInfoParts): JsonObject {
  return {
    trace_id: info.traceId,
    ...(info.clientRequestId !== undefined && { client_request_id: info.clientRequestId }),
    trace_location: locationToJson(info.experimentId),
    request_time: timestampToJson(info.requestTime),
    ...(info.executionDuration !== undefined && {
      execution_duration: durationToJson(info.executionDuration),
    }),
    state: info.state,
    ...(info.metadata.length > 0 && { trace_metadata: mapToJson(info.metadata) }),
    ...(info.assessments.length > 0 && { assessments: info.assessments.map(assessmentToJson) }),
    ...(info.tags.length > 0 && { tags: mapToJson(info.tags) }),
    ...(info.requestPreview !== undefined && { request_preview: info.requestPreview }),
    ...(info.responsePreview !== undefined && { response_preview: info.responsePreview }),
  };
}

/** Where traces are: all of ours are in experiments. */
export function locationToJson(experimentId: string): JsonObject {
  return { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experimentId } };
}

export function traceInfoFromJson(json: unknown): TraceInfo {
  const executionDuration = durationFromJson(member(json, 'execution_duration'));
  const clientRequestId = member(json, 'client_request_id');
  const requestPreview = member(json, 'request_preview');
  const responsePreview = member(json, 'response_preview');
  return {
    traceId: text(json, 'trace_id'),
    experimentId: text(member(member(json, 'trace_location'), 'mlflow_experiment'), 'experiment_id'),
    requestTime: timestampFromJson(member(json, 'request_time')) ?? 0,
    ...(executionDuration !== undefined && { executionDuration }),
    state: traceState(text(json, 'state')),
    ...(typeof clientRequestId === 'string' && { clientRequestId }),
    ...(typeof requestPreview === 'string' && { requestPreview }),
    ...(typeof responsePreview === 'string' && { responsePreview }),
    metadata: mapFromJson(member(json, 'trace_metadata')),
    tags: mapFromJson(member(json, 'tags')),
    assessments: assessmentsIn(json),
  };
}

export function traceToJson({ info, spans }: Trace): JsonObject {
  return {
    trace_info: traceInfoToJson(info),
    ...(spans.length > 0 && { spans: spans.map(spanToJson) }),
  };
}

export function traceFromJson(json: unknown): Trace {
  const info = traceInfoFromJson(member(json, 'trace_info'));
  return { info, spans: listIn(json, 'spans').map((span) => spanFromJson(span, info.traceId)) };
}

/** A trace as clients before MLflow 3 know it. */
export function traceInfoToJsonV2(info: TraceInfo): JsonObject {
  return {
    request_id: info.traceId,
    experiment_id: info.experimentId,
    timestamp_ms: info.requestTime,
    execution_time_ms: info.executionDuration ?? 0,
    status: info.state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : info.state,
    ...(info.metadata.length > 0 && { request_metadata: info.metadata }),
    ...(info.tags.length > 0 && { tags: info.tags }),
  };
}

export function traceInfoFromJsonV2(json: unknown): TraceInfo {
  return {
    traceId: text(json, 'request_id'),
    experimentId: text(json, 'experiment_id'),
    requestTime: int64In(json, 'timestamp_ms'),
    executionDuration: int64In(json, 'execution_time_ms'),
    state: traceState(text(json, 'status')),
    metadata: listIn(json, 'request_metadata').map(tagFromJson),
    tags: listIn(json, 'tags').map(tagFromJson),
    assessments: [],
  };
}

function traceState(name: string): TraceState {
  return TRACE_STATES.find((state) => state === name) ?? 'STATE_UNSPECIFIED';
}
