import { invalidParameter } from '../../core/base/errors.js';
import type { Tag } from '../../core/domain/tag.js';
import type { TraceInfo } from '../../core/domain/trace.js';
import type { Page } from '../../core/stores/trackingStore.js';
import type { StartTrace } from '../../core/stores/traceStore.js';
import { SERVER_TAGS } from '../../core/traces/receivedSpan.js';
import { mapFromJson } from '../../core/wire/mapJson.js';
import type { Message } from '../../core/wire/messageTypes.js';
import type { TRACE_INFO } from '../../core/wire/requests/traces.js';
import { assessmentOf } from './assessmentMessages.js';
import type { RouteRequest } from './route.js';

export function traceIdOf({ params }: RouteRequest): string {
  return params.trace_id ?? '';
}

/** What a request says of a trace; what was not sent is empty, as in protobuf. */
export function traceOf(message: Message<typeof TRACE_INFO>): StartTrace {
  const experiment = message.trace_location?.mlflow_experiment;
  if (experiment === undefined) {
    throw invalidParameter('The trace must be located in an experiment.');
  }
  return {
    traceId: message.trace_id ?? '',
    experimentId: experiment.experiment_id ?? '',
    requestTime: message.request_time ?? 0,
    ...(message.execution_duration !== undefined && { executionDuration: message.execution_duration }),
    state: message.state ?? 'STATE_UNSPECIFIED',
    ...(message.client_request_id !== undefined && { clientRequestId: message.client_request_id }),
    ...(message.request_preview !== undefined && { requestPreview: message.request_preview }),
    ...(message.response_preview !== undefined && { responsePreview: message.response_preview }),
    metadata: mapFromJson(message.trace_metadata),
    tags: withoutServerTags(mapFromJson(message.tags)),
    assessments: message.assessments.map(assessmentOf),
  };
}

/** Clients send back what they got from the server; they do not set it. */
export function withoutServerTags(tags: readonly Tag[]): Tag[] {
  return tags.filter(({ key }) => !SERVER_TAGS.includes(key));
}

/** @throws MlflowError INVALID_PARAMETER_VALUE for a tag that is the server's own */
export function checkOwnTag(key: string, operation: 'set' | 'deleted'): void {
  // The note that archiving failed may be deleted, so that it is tried again.
  const isAllowed = operation === 'deleted' && key === SERVER_TAGS[3];
  if (SERVER_TAGS.includes(key) && !isAllowed) {
    throw invalidParameter(`Tag '${key}' is immutable and cannot be ${operation} on a trace.`);
  }
}

/** A page of found traces as JSON. */
export function tracePage(page: Page<TraceInfo>, toJson: (info: TraceInfo) => unknown): unknown {
  return {
    ...(page.items.length > 0 && { traces: page.items.map(toJson) }),
    ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
  };
}
