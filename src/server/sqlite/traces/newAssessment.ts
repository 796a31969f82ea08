import { randomUUID } from 'node:crypto';
import type { Assessment } from '../../../core/domain/assessment.js';
import type { NewAssessment } from '../../../core/stores/traceStore.js';

/** The assessment that a client asks for, with what the store gives it. */
export function newAssessment(traceId: string, asked: NewAssessment): Assessment {
  const now = Date.now();
  return {
    ...asked,
    traceId,
    assessmentId: asked.assessmentId ?? `a-${randomUUID().replaceAll('-', '')}`,
    createTime: asked.createTime ?? now,
    lastUpdateTime: asked.lastUpdateTime ?? now,
    valid: true,
  };
}
