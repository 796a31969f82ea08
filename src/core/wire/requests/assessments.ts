import { ASSESSMENT_SOURCE_TYPES } from '../../domain/assessment.js';
import { anyValue, bool, enumeration, messageOf, string, stringMap, timestamp } from '../messageTypes.js';
import { required } from './checks.js';
import { defineRequest } from './definition.js';

export const ASSESSMENT = {
  assessment_id: string,
  assessment_name: string,
  trace_id: string,
  span_id: string,
  source: messageOf({ source_type: enumeration(ASSESSMENT_SOURCE_TYPES, 0), source_id: string }),
  create_time: timestamp,
  last_update_time: timestamp,
  feedback: messageOf({
    value: anyValue,
    error: messageOf({ error_code: string, error_message: string, stack_trace: string }),
  }),
  expectation: messageOf({
    value: anyValue,
    serialized_value: messageOf({ serialization_format: string, value: string }),
  }),
  issue: messageOf({ issue_name: string }),
  rationale: string,
  metadata: stringMap,
  overrides: string,
  valid: bool,
};

export const CREATE_ASSESSMENT = defineRequest(
  { assessment: messageOf(ASSESSMENT) },
  { assessment: [required] },
);

/** The mask names the fields that change, as protobuf writes a FieldMask: `assessmentName,feedback`. */
export const UPDATE_ASSESSMENT = defineRequest(
  { assessment: messageOf(ASSESSMENT), update_mask: string },
  { assessment: [required], update_mask: [required] },
);
