import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../src/core/domain/run.js';
import { freshRunId, type OpenSubject, useStore } from './subject.js';

export function describeMetricIntervals(open: OpenSubject): void {
  describe('a part of the history of several runs', () => {
    const store = useStore(open);
    const runWith = async (metrics: readonly Omit<Metric, 'key'>[]) => {
      const runId = await freshRunId(store());
      const keyed = metrics.map((metric) => ({ key: 'm', ...metric }));
      await store().logBatch({ runId, metrics: keyed, params: [], tags: [] });
      return runId;
    };
    const upTo = (count: number) =>
      Array.from({ length: count }, (_item, step) => ({ value: step / 2, timestamp: 1000 - step, step }));
    const steps = async (
      runIds: readonly string[],
      maxResults: number,
      interval: { startStep?: number; endStep?: number } = {},
    ) =>
      (await store().getMetricHistoryBulkInterval({ runIds, key: 'm', maxResults, ...interval })).map(
        ({ runId, step }) => [runIds.indexOf(runId), step],
      );

    it('is all of it where it fits, by step', async () => {
      const one = await runWith(upTo(3));
      const other = await runWith(upTo(2));
      expect(await steps([one, other], 5)).toEqual([
        [0, 0],
        [0, 1],
        [0, 2],
        [1, 0],
        [1, 1],
      ]);
    });

    it('is spread evenly, with the first and the last value', async () => {
      const run = await runWith(upTo(100));
      const found = (await steps([run], 7)).map(([, step]) => step);
      expect(found).toEqual([0, 15, 30, 44, 58, 72, 99]);
    });

    it('is of an interval of steps where one is named', async () => {
      const run = await runWith(upTo(100));
      const found = (await steps([run], 4, { startStep: 10, endStep: 29 })).map(([, step]) => step);
      expect(found).toEqual([10, 15, 20, 29]);
    });

    it('is by time and value too where steps repeat', async () => {
      const run = await runWith([
        { value: 3, timestamp: 2, step: 1 },
        { value: Number.NaN, timestamp: 1, step: 1 },
        { value: 1, timestamp: 2, step: 1 },
        { value: 9, timestamp: 9, step: 0 },
      ]);
      const query = { runIds: [run], key: 'm', maxResults: 3 };
      const found = await store().getMetricHistoryBulkInterval(query);
      expect(found.map(({ value, timestamp }) => [value, timestamp])).toEqual([
        [9, 9],
        [1, 2],
        [3, 2],
      ]);
    });

    it('is nothing of what is not there', async () => {
      expect(await steps([await runWith([]), '0123456789abcdef0123456789abcdef'], 5)).toEqual([]);
    });
  });
}
