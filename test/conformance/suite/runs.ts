import { describe, expect, it } from 'vitest';
import {
  asRecord,
  expectError,
  freshExperiment,
  freshRun,
  freshRunId,
  type OpenSubject,
  useStore,
} from './subject.js';

const UNKNOWN = '0123456789abcdef0123456789abcdef';

export function describeRuns(open: OpenSubject): void {
  describe('runs', () => {
    const store = useStore(open);

    it('creates a run that is running, with its place for artifacts', async () => {
      const experimentId = await freshExperiment(store());
      const run = await store().createRun({
        experimentId,
        userId: 'ada',
        runName: 'first',
        startTime: 1_700_000_000_123,
        tags: [{ key: 'mlflow.user', value: 'ada' }],
      });
      const { runId } = run.info;
      expect(runId).toMatch(/^[0-9a-f]{32}$/);
      const { artifactLocation } = await store().getExperiment(experimentId);
      expect(run.info).toEqual({
        runId,
        runName: 'first',
        experimentId,
        userId: 'ada',
        status: 'RUNNING',
        startTime: 1_700_000_000_123,
        artifactUri: `${artifactLocation}/${runId}/artifacts`,
        lifecycleStage: 'active',
      });
      expect(asRecord(run.tags)).toEqual({ 'mlflow.user': 'ada', 'mlflow.runName': 'first' });
      expect(await store().getRun(runId)).toEqual(run);
    });

    it('makes up a name where none is given', async () => {
      const run = await freshRun(store());
      expect(run.info.runName).toMatch(/^[a-z]+-[a-z]+-\d+$/);
      expect(asRecord(run.tags)['mlflow.runName']).toBe(run.info.runName);
    });

    it('takes the name from the tag, and refuses two names', async () => {
      const tags = [{ key: 'mlflow.runName', value: 'tagged' }];
      expect((await freshRun(store(), { tags })).info.runName).toBe('tagged');
      expect((await freshRun(store(), { tags, runName: 'tagged' })).info.runName).toBe('tagged');
      await expectError(
        freshRun(store(), { tags, runName: 'other' }),
        'INVALID_PARAMETER_VALUE',
        /Both 'run_name' argument and 'mlflow.runName' tag/,
      );
    });

    it('does not find what is not there', async () => {
      const message = /Run with id=0123456789abcdef0123456789abcdef not found/;
      await expectError(store().getRun(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(
        store().updateRun({ runId: UNKNOWN, status: 'FAILED' }),
        'RESOURCE_DOES_NOT_EXIST',
        message,
      );
      await expectError(store().deleteRun(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(store().restoreRun(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(
        store().setTag(UNKNOWN, { key: 'k', value: 'v' }),
        'RESOURCE_DOES_NOT_EXIST',
        message,
      );
      await expectError(
        store().logParam(UNKNOWN, { key: 'k', value: 'v' }),
        'RESOURCE_DOES_NOT_EXIST',
        message,
      );
      await expectError(freshRun(store(), { experimentId: '987654' }), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('updates status, end and name, each on its own', async () => {
      const { info } = await freshRun(store(), { runName: 'before' });
      const { runId } = info;
      const ended = { ...info, status: 'FINISHED' as const, endTime: 1_700_000_009_000 };
      expect(await store().updateRun({ runId, status: 'FINISHED', endTime: 1_700_000_009_000 })).toEqual(
        ended,
      );
      expect(await store().updateRun({ runId, runName: 'after' })).toEqual({ ...ended, runName: 'after' });
      expect(await store().updateRun({ runId })).toEqual({ ...ended, runName: 'after' });
      const run = await store().getRun(runId);
      expect(run.info).toEqual({ ...ended, runName: 'after' });
      expect(asRecord(run.tags)['mlflow.runName']).toBe('after');
    });

    it.each(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const)(
      'knows the status %s',
      async (status) => {
        const runId = await freshRunId(store());
        await store().updateRun({ runId, status });
        expect((await store().getRun(runId)).info.status).toBe(status);
      },
    );

    it('deletes and restores, as often as asked', async () => {
      const runId = await freshRunId(store());
      await store().deleteRun(runId);
      await store().deleteRun(runId);
      expect((await store().getRun(runId)).info.lifecycleStage).toBe('deleted');
      await store().restoreRun(runId);
      await store().restoreRun(runId);
      expect((await store().getRun(runId)).info.lifecycleStage).toBe('active');
    });

    it('takes nothing into a deleted run', async () => {
      const runId = await freshRunId(store());
      await store().deleteRun(runId);
      const message = /must be in the 'active' state/;
      const refused = [
        () => store().updateRun({ runId, status: 'FINISHED' }),
        () => store().logMetric(runId, { key: 'm', value: 1, timestamp: 1, step: 0 }),
        () => store().logParam(runId, { key: 'p', value: 'v' }),
        () => store().setTag(runId, { key: 't', value: 'v' }),
        () => store().deleteTag(runId, 'mlflow.runName'),
        () => store().logBatch({ runId, metrics: [], params: [], tags: [] }),
        () => store().logInputs({ runId, datasets: [], models: [] }),
      ];
      for (const each of refused) {
        await expectError(each(), 'INVALID_PARAMETER_VALUE', message);
      }
    });
  });
}
