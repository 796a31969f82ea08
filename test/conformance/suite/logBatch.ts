import { describe, expect, it } from 'vitest';
import type { LogBatch } from '../../../src/core/stores/trackingStore.js';
import { asRecord, expectError, freshRunId, type OpenSubject, useStore } from './subject.js';

function metrics(count: number) {
  return Array.from({ length: count }, (_, step) => ({
    key: `m${step % 10}`,
    value: step,
    timestamp: step,
    step,
  }));
}

function pairs(count: number, prefix: string) {
  return Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}`, value: String(index) }));
}

export function describeLogBatch(open: OpenSubject): void {
  describe('batches', () => {
    const store = useStore(open);
    const log = (runId: string, batch: Partial<LogBatch>) =>
      store().logBatch({ runId, metrics: [], params: [], tags: [], ...batch });

    it('logs metrics, parameters and tags together', async () => {
      const runId = await freshRunId(store());
      await log(runId, { metrics: metrics(800), params: pairs(100, 'p'), tags: pairs(100, 't') });
      const run = await store().getRun(runId);
      expect(run.metrics).toHaveLength(10);
      expect(run.metrics.find(({ key }) => key === 'm9')).toMatchObject({ value: 799, step: 799 });
      expect(run.params).toHaveLength(100);
      expect(asRecord(run.tags)).toMatchObject({ t0: '0', t99: '99' });
      expect((await store().getMetricHistory({ runId, key: 'm3' })).items).toHaveLength(80);
    });

    it('logs what repeats within a batch once, and the last of equal tags', async () => {
      const runId = await freshRunId(store());
      const [metric] = metrics(1);
      const tags = [
        { key: 't', value: '1' },
        { key: 't', value: '2' },
      ];
      await log(runId, { metrics: metric ? [metric, metric] : [], tags });
      expect((await store().getMetricHistory({ runId, key: 'm0' })).items).toHaveLength(1);
      expect(asRecord((await store().getRun(runId)).tags).t).toBe('2');
    });

    it('takes a batch a second time', async () => {
      const runId = await freshRunId(store());
      const batch = { metrics: metrics(20), params: pairs(5, 'p'), tags: pairs(5, 't') };
      await log(runId, batch);
      const before = await store().getRun(runId);
      await log(runId, batch);
      expect(await store().getRun(runId)).toEqual(before);
    });

    it('renames the run by the tag with its name', async () => {
      const runId = await freshRunId(store());
      await log(runId, { tags: [{ key: 'mlflow.runName', value: 'named by batch' }] });
      expect((await store().getRun(runId)).info.runName).toBe('named by batch');
    });

    it.each<[string, Partial<LogBatch>, RegExp]>([
      ['metrics', { metrics: metrics(1001) }, /at most 1000 metrics. Got 1001 metrics/],
      ['parameters', { params: pairs(101, 'p') }, /at most 100 params/],
      ['tags', { tags: pairs(101, 't') }, /at most 100 tags/],
      ['things', { metrics: metrics(950), params: pairs(51, 'p') }, /at most 1000 metrics, params, and tags/],
    ])('refuses too many %s', async (_, batch, message) => {
      const runId = await freshRunId(store());
      await expectError(log(runId, batch), 'INVALID_PARAMETER_VALUE', message);
    });

    it('refuses a parameter that comes twice', async () => {
      const runId = await freshRunId(store());
      const params = [
        { key: 'p', value: '1' },
        { key: 'p', value: '1' },
      ];
      await expectError(
        log(runId, { params }),
        'INVALID_PARAMETER_VALUE',
        /Duplicate parameter keys.*\['p'\]/,
      );
    });

    it('says where in the batch something is wrong', async () => {
      const runId = await freshRunId(store());
      const bad = { key: 'a?b', value: 1, timestamp: 1, step: 1 };
      await expectError(
        log(runId, { metrics: [...metrics(3), bad] }),
        'INVALID_PARAMETER_VALUE',
        /metrics\[3\]\.name/,
      );
      const tags = [{ key: 'a?b', value: '' }];
      await expectError(log(runId, { tags }), 'INVALID_PARAMETER_VALUE', /tags\[0\]\.key/);
    });

    it('logs nothing of a batch of which something is refused', async () => {
      const runId = await freshRunId(store());
      await store().logParam(runId, { key: 'p3', value: 'before' });
      const before = await store().getRun(runId);
      await expectError(
        log(runId, { metrics: metrics(5), params: pairs(6, 'p'), tags: pairs(2, 't') }),
        'INVALID_PARAMETER_VALUE',
        /Params were already logged='\[\{'key': 'p3', 'old_value': 'before', 'new_value': '3'\}\]'/,
      );
      expect(await store().getRun(runId)).toEqual(before);
      expect((await store().getMetricHistory({ runId, key: 'm0' })).items).toEqual([]);
    });

    it('refuses ids that cannot be', async () => {
      await expectError(log('../x', {}), 'INVALID_PARAMETER_VALUE');
      await expectError(log('0123456789abcdef0123456789abcdef', {}), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('takes many writes at once, each on its own', async () => {
      const runId = await freshRunId(store());
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) =>
          index % 3 === 0
            ? store().logParam(runId, { key: 'same', value: String(index) })
            : store().logMetric(runId, { key: 'm', value: index, timestamp: index, step: index }),
        ),
      );
      const failed = outcomes.filter(({ status }) => status === 'rejected');
      expect(failed).toHaveLength(19);
      expect((await store().getMetricHistory({ runId, key: 'm' })).items).toHaveLength(40);
      expect((await store().getRun(runId)).params).toHaveLength(1);
    });
  });
}
