import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../src/core/domain/run.js';
import { expectError, freshRunId, type OpenSubject, useStore } from './subject.js';

export function describeMetricSummaries(open: OpenSubject): void {
  describe('summaries of metrics', () => {
    const store = useStore(open);
    const log = (runId: string, metrics: readonly Metric[]) =>
      store().logBatch({ runId, metrics, params: [], tags: [] });
    const series = (values: readonly number[], from = 0): Metric[] =>
      values.map((value, index) => ({ key: 'm', value, timestamp: 1000 + from + index, step: from + index }));

    it('has nothing to say of a run without metrics', async () => {
      expect(await store().getMetricSummaries(await freshRunId(store()), 10)).toEqual([]);
    });

    it('is exact where there are few values', async () => {
      const runId = await freshRunId(store());
      await log(runId, [...series([3, 1, 2]), { key: 'a', value: 7, timestamp: 1, step: 0 }]);
      expect(await store().getMetricSummaries(runId, 10)).toEqual([
        {
          key: 'a',
          count: 1,
          last: { step: 0, timestamp: 1, value: 7 },
          min: 7,
          max: 7,
          points: [{ step: 0, timestamp: 1, value: 7 }],
          sampled: false,
        },
        {
          key: 'm',
          count: 3,
          last: { step: 2, timestamp: 1002, value: 2 },
          min: 1,
          max: 3,
          points: [
            { step: 0, timestamp: 1000, value: 3 },
            { step: 1, timestamp: 1001, value: 1 },
            { step: 2, timestamp: 1002, value: 2 },
          ],
          sampled: false,
        },
      ]);
    });

    it('orders points by step, and takes the last by step', async () => {
      const runId = await freshRunId(store());
      await log(runId, series([5, 6], 10));
      await log(runId, series([1, 2], 0));
      const [summary] = await store().getMetricSummaries(runId, 10);
      expect(summary?.points.map(({ step }) => step)).toEqual([0, 1, 10, 11]);
      expect(summary?.last).toEqual({ step: 11, timestamp: 1011, value: 6 });
    });

    it('leaves NaN out of the least and the greatest', async () => {
      const runId = await freshRunId(store());
      await log(runId, [
        ...series([Number.NaN, -2, Number.NaN]),
        { key: 'only', value: Number.NaN, timestamp: 1, step: 1 },
      ]);
      const [first, second] = await store().getMetricSummaries(runId, 10);
      expect(first).toMatchObject({ count: 3, min: -2, max: -2 });
      expect(first?.points).toHaveLength(3);
      expect(second).not.toHaveProperty('min');
      expect(second?.last.value).toBeNaN();
    });

    it('keeps the extremes of many values, and grows with them', async () => {
      const runId = await freshRunId(store());
      const values = Array.from({ length: 3000 }, (_, step) => Math.sin(step / 100));
      values[1234] = 50;
      values[2345] = -50;
      for (let from = 0; from < values.length; from += 500) {
        await log(runId, series(values.slice(from, from + 500), from));
        const [summary] = await store().getMetricSummaries(runId, 100);
        expect(summary?.count).toBe(from + 500);
      }
      const [summary] = await store().getMetricSummaries(runId, 100);
      expect(summary).toMatchObject({ count: 3000, min: -50, max: 50, sampled: true });
      const steps = summary?.points.map(({ step }) => Number(step)) ?? [];
      expect(steps.length).toBeGreaterThan(50);
      expect(steps.length).toBeLessThanOrEqual(100);
      expect(steps).toContain(1234);
      expect(steps).toContain(2345);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(summary?.points.every(({ step, value }) => values[Number(step)] === value)).toBe(true);
    });

    it('keeps big integers exactly', async () => {
      const runId = await freshRunId(store());
      const step = 2n ** 62n;
      await log(runId, [...series([1]), { key: 'm', value: 2, timestamp: 2n ** 61n, step }]);
      const [summary] = await store().getMetricSummaries(runId, 10);
      expect(summary?.last).toEqual({ step, timestamp: 2n ** 61n, value: 2 });
      expect(summary?.points[0]).toEqual({ step: 0, timestamp: 1000, value: 1 });
    });

    it('refuses runs that are not there', async () => {
      await expectError(
        store().getMetricSummaries('0123456789abcdef0123456789abcdef', 10),
        'RESOURCE_DOES_NOT_EXIST',
      );
    });
  });
}
