import { assessmentToJson } from '../../core/wire/assessmentJson.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import { mapFromJson } from '../../core/wire/mapJson.js';
import { empty } from '../../core/wire/parseMessage.js';
import { ASSESSMENT, CREATE_ASSESSMENT, UPDATE_ASSESSMENT } from '../../core/wire/requests/assessments.js';
import { assessmentOf, expectationOf, feedbackOf } from './assessmentMessages.js';
import { call, NOTHING, type Route, type RouteRequest } from './route.js';
import { traceIdOf } from './traceMessages.js';

function assessmentIdOf({ params }: RouteRequest): string {
  return params.assessment_id ?? '';
}

export const ASSESSMENT_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.createAssessment, CREATE_ASSESSMENT, async ({ assessment }, { store }, request) => {
    const asked = assessmentOf(assessment ?? empty(ASSESSMENT));
    return { assessment: assessmentToJson(await store.createAssessment(traceIdOf(request), asked)) };
  }),
  ...call(ENDPOINTS.getAssessment, NOTHING, async (_message, { store }, request) => ({
    assessment: assessmentToJson(await store.getAssessment(traceIdOf(request), assessmentIdOf(request))),
  })),
  ...call(ENDPOINTS.updateAssessment, UPDATE_ASSESSMENT, async (message, { store }, request) => {
    const { assessment = empty(ASSESSMENT) } = message;
    const changes = new Set((message.update_mask ?? '').split(',').map((path) => path.trim()));
    const updated = await store.updateAssessment({
      traceId: traceIdOf(request),
      assessmentId: assessmentIdOf(request),
      ...(changes.has('assessmentName') && { name: assessment.assessment_name ?? '' }),
      ...(changes.has('expectation') && { expectation: expectationOf(assessment) }),
      ...(changes.has('feedback') && { feedback: feedbackOf(assessment) }),
      ...(changes.has('rationale') && { rationale: assessment.rationale ?? '' }),
      ...(changes.has('metadata') && { metadata: mapFromJson(assessment.metadata) }),
    });
    return { assessment: assessmentToJson(updated) };
  }),
  ...call(ENDPOINTS.deleteAssessment, NOTHING, async (_message, { store }, request) => {
    await store.deleteAssessment(traceIdOf(request), assessmentIdOf(request));
    return {};
  }),
];
