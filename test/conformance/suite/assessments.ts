import { beforeAll, describe, expect, it } from 'vitest';
import type { NewAssessment } from '../../../src/core/stores/traceStore.js';
import { asRecord, expectError, freshExperiment, type OpenSubject, useStore } from './subject.js';
import { traceOf } from '../../support/traces.js';

const FEEDBACK: NewAssessment = {
  name: 'score',
  kind: 'feedback',
  value: '0.5',
  source: { type: 'LLM_JUDGE', id: 'judge' },
  createTime: 1000,
  lastUpdateTime: 2000,
  spanId: 'abc',
  rationale: 'because',
  metadata: [{ key: 'k', value: 'v' }],
};

export function describeAssessments(open: OpenSubject): void {
  describe('assessments', () => {
    const store = useStore(open);
    let traceId = '';
    beforeAll(async () => {
      ({ traceId } = await store().startTrace(traceOf(await freshExperiment(store()))));
    });

    it.each([
      ['a feedback', FEEDBACK],
      ['a text', { ...FEEDBACK, value: '"gr\\u00f6\\u00dfe"' }],
      ['an object', { ...FEEDBACK, value: '{"a": [1.0, true, null]}' }],
      ['an error', { ...FEEDBACK, value: 'null', error: { code: 'E', message: 'm', stackTrace: 's' } }],
      ['an expectation', { ...FEEDBACK, kind: 'expectation', value: '{"a": [1, 2.0]}' }],
      ['an issue', { ...FEEDBACK, kind: 'issue', value: '{"issue_name": "slow"}' }],
    ] as const)('%s comes back as it was', async (_name, assessment) => {
      const created = await store().createAssessment(traceId, assessment);
      expect(created).toMatchObject({ ...assessment, traceId, valid: true });
      expect(created.assessmentId).toMatch(/^a-[0-9a-f]{32}$/);
      expect(await store().getAssessment(traceId, created.assessmentId)).toEqual(created);
      expect((await store().getTraceInfo(traceId)).assessments).toContainEqual(created);
    });

    it('change, but for their kind', async () => {
      const { assessmentId } = await store().createAssessment(traceId, FEEDBACK);
      const updated = await store().updateAssessment({
        traceId,
        assessmentId,
        name: 'renamed',
        feedback: { value: '"good"' },
        rationale: 'now',
        metadata: [{ key: 'l', value: 'w' }],
      });
      expect(updated).toMatchObject({ name: 'renamed', value: '"good"', rationale: 'now', createTime: 1000 });
      expect(updated.lastUpdateTime).toBeGreaterThan(2000);
      expect(asRecord(updated.metadata)).toEqual({ k: 'v', l: 'w' });
      expect(await store().getAssessment(traceId, assessmentId)).toEqual(updated);
      const other = store().updateAssessment({ traceId, assessmentId, expectation: { value: '1' } });
      await expectError(other, 'INVALID_PARAMETER_VALUE');
    });

    it('stand in for others until they are deleted', async () => {
      const { assessmentId } = await store().createAssessment(traceId, FEEDBACK);
      const isValid = async () => (await store().getAssessment(traceId, assessmentId)).valid;
      const second = await store().createAssessment(traceId, { ...FEEDBACK, overrides: assessmentId });
      expect(second.overrides).toBe(assessmentId);
      expect(await isValid()).toBe(false);
      await store().deleteAssessment(traceId, second.assessmentId);
      await store().deleteAssessment(traceId, second.assessmentId);
      expect(await isValid()).toBe(true);
    });

    it('refuse what is not there', async () => {
      await expectError(store().getAssessment(traceId, 'a-nope'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().createAssessment('tr-nope', FEEDBACK), 'RESOURCE_DOES_NOT_EXIST');
      const instead = store().createAssessment(traceId, { ...FEEDBACK, overrides: 'a-nope' });
      await expectError(instead, 'RESOURCE_DOES_NOT_EXIST');
    });
  });
}
