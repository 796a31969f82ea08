import { invalidParameter } from '../../core/base/errors.js';
import { pythonJson } from '../../core/base/pythonJson.js';
import type { Assessment, AssessmentError } from '../../core/domain/assessment.js';
import type { NewAssessment } from '../../core/stores/traceStore.js';
import { protobufValueText, serializedText } from '../../core/wire/assessmentJson.js';
import { mapFromJson } from '../../core/wire/mapJson.js';
import type { Message } from '../../core/wire/messageTypes.js';
import type { ASSESSMENT } from '../../core/wire/requests/assessments.js';

type AssessmentMessage = Message<typeof ASSESSMENT>;

/** What a request says of an assessment; what was not sent is empty, as in protobuf. */
export function assessmentOf(message: AssessmentMessage): NewAssessment {
  const { source } = message;
  return {
    name: message.assessment_name ?? '',
    ...valueOf(message),
    source: {
      type: source?.source_type ?? 'SOURCE_TYPE_UNSPECIFIED',
      ...(source?.source_id && { id: source.source_id }),
    },
    metadata: mapFromJson(message.metadata),
    ...(message.assessment_id && { assessmentId: message.assessment_id }),
    ...(message.create_time && { createTime: message.create_time }),
    ...(message.last_update_time && { lastUpdateTime: message.last_update_time }),
    ...(message.span_id && { spanId: message.span_id }),
    ...(message.rationale && { rationale: message.rationale }),
    ...(message.overrides && { overrides: message.overrides }),
  };
}

function valueOf(message: AssessmentMessage): Pick<Assessment, 'kind' | 'value' | 'error'> {
  if (message.expectation) {
    return { kind: 'expectation', ...expectationOf(message) };
  }
  if (message.feedback) {
    return { kind: 'feedback', ...feedbackOf(message) };
  }
  if (message.issue) {
    return {
      kind: 'issue',
      value: pythonJson({ issue_name: message.issue.issue_name ?? '' }, { ascii: true }),
    };
  }
  throw invalidParameter('Unknown assessment type: None');
}

/** The value and the error of a feedback. */
export function feedbackOf({ feedback }: AssessmentMessage): Pick<Assessment, 'value' | 'error'> {
  const error = feedback?.error;
  return {
    value: protobufValueText(feedback?.value),
    ...(error !== undefined && { error: errorOf(error) }),
  };
}

function errorOf(error: NonNullable<NonNullable<AssessmentMessage['feedback']>['error']>): AssessmentError {
  return {
    code: error.error_code ?? '',
    ...(error.error_message && { message: error.error_message }),
    ...(error.stack_trace && { stackTrace: error.stack_trace }),
  };
}

/** The value of an expectation. */
export function expectationOf({ expectation }: AssessmentMessage): Pick<Assessment, 'value'> {
  const serialized = expectation?.serialized_value;
  if (serialized === undefined) {
    return { value: protobufValueText(expectation?.value) };
  }
  if (serialized.serialization_format !== 'JSON_FORMAT') {
    throw invalidParameter(
      `Unknown serialization format: ${serialized.serialization_format ?? ''}. Only JSON_FORMAT is supported.`,
    );
  }
  const value = serializedText(serialized.value ?? '');
  if (value === undefined) {
    throw invalidParameter('The value of the expectation is not JSON.');
  }
  return { value };
}
