import type { TraceStore, UpdateAssessment } from '../stores/traceStore.js';
import { assessmentFromJson, assessmentToJson, assessmentValueToJson } from '../wire/assessmentJson.js';
import { ENDPOINTS } from '../wire/endpoints.js';
import { mapToJson } from '../wire/mapJson.js';
import { member } from '../wire/readJson.js';
import { callApi, type Values } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';

type AssessmentCalls = Pick<
  TraceStore,
  'createAssessment' | 'getAssessment' | 'updateAssessment' | 'deleteAssessment'
>;

export function restAssessments(client: HttpClient): AssessmentCalls {
  return {
    createAssessment: async (traceId, assessment) => {
      const values = { assessment: { ...assessmentToJson(assessment), trace_id: traceId } };
      const json = await callApi(client, ENDPOINTS.createAssessment, values, {
        params: { trace_id: traceId },
      });
      return assessmentFromJson(member(json, 'assessment'));
    },
    getAssessment: async (traceId, assessmentId) => {
      const params = { trace_id: traceId, assessment_id: assessmentId };
      const json = await callApi(client, ENDPOINTS.getAssessment, {}, { params });
      return assessmentFromJson(member(json, 'assessment'));
    },
    updateAssessment: async (request) => {
      const params = { trace_id: request.traceId, assessment_id: request.assessmentId };
      const json = await callApi(client, ENDPOINTS.updateAssessment, updateValues(request), { params });
      return assessmentFromJson(member(json, 'assessment'));
    },
    deleteAssessment: async (traceId, assessmentId) => {
      const params = { trace_id: traceId, assessment_id: assessmentId };
      await callApi(client, ENDPOINTS.deleteAssessment, {}, { params });
    },
  };
}

/** The new values, and the mask that says which they are. */
function updateValues({ name, feedback, expectation, rationale, metadata }: UpdateAssessment): Values {
  const changes = { assessmentName: name, feedback, expectation, rationale, metadata };
  const mask = Object.entries(changes).flatMap(([path, value]) => (value === undefined ? [] : [path]));
  return {
    update_mask: mask.join(','),
    assessment: {
      assessment_name: name,
      ...(feedback && assessmentValueToJson({ kind: 'feedback', ...feedback })),
      ...(expectation && assessmentValueToJson({ kind: 'expectation', ...expectation })),
      rationale,
      ...(metadata && { metadata: mapToJson(metadata) }),
    },
  };
}
