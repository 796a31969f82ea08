import { NumberText, pythonFloat, pythonJson, tryParsePythonJson } from '../base/pythonJson.js';
import {
  type Assessment,
  ASSESSMENT_SOURCE_TYPES,
  type AssessmentError,
  type AssessmentSource,
} from '../domain/assessment.js';
import { mapFromJson, mapToJson } from './mapJson.js';
import { plainJson } from './plainJson.js';
import { type JsonObject, listIn, member, optionalText, text } from './readJson.js';
import { timestampFromJson, timestampToJson } from './times.js';

const JSON_FORMAT = 'JSON_FORMAT';

/** An assessment as a client asks for it: what it leaves out the server adds. */
type AskedAssessment = Omit<
  Assessment,
  'assessmentId' | 'traceId' | 'createTime' | 'lastUpdateTime' | 'valid'
> &
  Partial<Assessment>;

export function assessmentToJson(assessment: AskedAssessment): JsonObject {
  const { source, createTime, lastUpdateTime, metadata } = assessment;
  return {
    ...(assessment.assessmentId !== undefined && { assessment_id: assessment.assessmentId }),
    assessment_name: assessment.name,
    trace_id: assessment.traceId ?? '',
    ...(assessment.spanId !== undefined && { span_id: assessment.spanId }),
    source: { source_type: source.type, ...(source.id !== undefined && { source_id: source.id }) },
    ...(createTime !== undefined && { create_time: timestampToJson(createTime) }),
    ...(lastUpdateTime !== undefined && { last_update_time: timestampToJson(lastUpdateTime) }),
    ...assessmentValueToJson(assessment),
    ...(assessment.rationale !== undefined && { rationale: assessment.rationale }),
    ...(metadata.length > 0 && { metadata: mapToJson(metadata) }),
    ...(assessment.overrides && { overrides: assessment.overrides }),
    ...(assessment.valid !== undefined && { valid: assessment.valid }),
  };
}

/** What an assessment says, under the name of its kind. */
export function assessmentValueToJson({
  kind,
  value,
  error,
}: Pick<Assessment, 'kind' | 'value' | 'error'>): JsonObject {
  const plain = plainJson(tryParsePythonJson(value) ?? null);
  switch (kind) {
    case 'feedback':
      return { feedback: { value: plain, ...(error !== undefined && { error: errorToJson(error) }) } };
    case 'expectation':
      return {
        expectation:
          typeof plain === 'object'
            ? { serialized_value: { serialization_format: JSON_FORMAT, value } }
            : { value: plain },
      };
    case 'issue':
      return { issue: { issue_name: text(plain, 'issue_name') } };
  }
}

function errorToJson({ code, message, stackTrace }: AssessmentError): JsonObject {
  return {
    error_code: code,
    ...(message && { error_message: message }),
    ...(stackTrace && { stack_trace: stackTrace }),
  };
}

export function assessmentFromJson(json: unknown): Assessment {
  const spanId = optionalText(json, 'span_id');
  const rationale = optionalText(json, 'rationale');
  const overrides = optionalText(json, 'overrides');
  return {
    assessmentId: text(json, 'assessment_id'),
    traceId: text(json, 'trace_id'),
    name: text(json, 'assessment_name'),
    ...valueFromJson(json),
    source: sourceFromJson(member(json, 'source')),
    createTime: timestampFromJson(member(json, 'create_time')) ?? 0,
    lastUpdateTime: timestampFromJson(member(json, 'last_update_time')) ?? 0,
    ...(spanId !== undefined && { spanId }),
    ...(rationale !== undefined && { rationale }),
    ...(overrides !== undefined && { overrides }),
    valid: member(json, 'valid') !== false,
    metadata: mapFromJson(member(json, 'metadata')),
  };
}

export function assessmentsIn(json: unknown): Assessment[] {
  return listIn(json, 'assessments').map(assessmentFromJson);
}

function sourceFromJson(json: unknown): AssessmentSource {
  const id = optionalText(json, 'source_id');
  return {
    type:
      ASSESSMENT_SOURCE_TYPES.find((type) => type === text(json, 'source_type')) ?? 'SOURCE_TYPE_UNSPECIFIED',
    ...(id !== undefined && { id }),
  };
}

function valueFromJson(json: unknown): Pick<Assessment, 'kind' | 'value' | 'error'> {
  const expectation = member(json, 'expectation');
  if (expectation !== undefined) {
    return { kind: 'expectation', value: expectationText(expectation) };
  }
  const issue = member(json, 'issue');
  if (issue !== undefined) {
    return { kind: 'issue', value: pythonJson({ issue_name: text(issue, 'issue_name') }, { ascii: true }) };
  }
  const feedback = member(json, 'feedback');
  const error = member(feedback, 'error');
  return {
    kind: 'feedback',
    value: protobufValueText(member(feedback, 'value')),
    ...(error !== undefined && { error: errorFromJson(error) }),
  };
}

function errorFromJson(json: unknown): AssessmentError {
  const message = optionalText(json, 'error_message');
  const stackTrace = optionalText(json, 'stack_trace');
  return {
    code: text(json, 'error_code'),
    ...(message !== undefined && { message }),
    ...(stackTrace !== undefined && { stackTrace }),
  };
}

function expectationText(json: unknown): string {
  const serialized = member(json, 'serialized_value');
  return serialized === undefined
    ? protobufValueText(member(json, 'value'))
    : (serializedText(text(serialized, 'value')) ?? 'null');
}

/** The text to keep of a value that is sent as JSON text; undefined where it is no JSON. */
export function serializedText(json: string): string | undefined {
  const value = tryParsePythonJson(json);
  return value === undefined ? undefined : pythonJson(value, { ascii: true });
}

/** The text to keep of protobuf's `Value`, whose numbers are all doubles. */
export function protobufValueText(json: unknown): string {
  return pythonJson(withFloats(json), { ascii: true });
}

function withFloats(json: unknown): unknown {
  if (typeof json === 'number' || typeof json === 'bigint') {
    return new NumberText(pythonFloat(Number(json)));
  }
  if (Array.isArray(json)) {
    return json.map(withFloats);
  }
  if (typeof json === 'object' && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withFloats(value)]));
  }
  return json;
}
