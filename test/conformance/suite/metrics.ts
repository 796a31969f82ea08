import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../src/core/domain/run.js';
import { expectError, freshRunId, type OpenSubject, useStore } from './subject.js';

const LARGEST = 1.7976931348623157e308;

export function describeMetrics(open: OpenSubject): void {
  describe('metrics', () => {
    const store = useStore(open);
    const log = (
      runId: string,
      value: number,
      step: Metric['step'],
      timestamp: Metric['timestamp'] = 1,
      key = 'm',
    ) => store().logMetric(runId, { key, value, step, timestamp });
    const history = async (runId: string, key = 'm') =>
      (await store().getMetricHistory({ runId, key })).items;
    const latest = async (runId: string, key = 'm') =>
      (await store().getRun(runId)).metrics.find((metric) => metric.key === key);

    it('keeps every value, in the order of time, step and value', async () => {
      const runId = await freshRunId(store());
      await log(runId, 3, 0, 30);
      await log(runId, 1, 9, 10);
      await log(runId, 2, 1, 10);
      await log(runId, 1, 1, 10);
      expect(await history(runId)).toEqual([
        { key: 'm', value: 1, timestamp: 10, step: 1 },
        { key: 'm', value: 2, timestamp: 10, step: 1 },
        { key: 'm', value: 1, timestamp: 10, step: 9 },
        { key: 'm', value: 3, timestamp: 30, step: 0 },
      ]);
    });

    it('shows as latest the greatest by step, then time, then value', async () => {
      const runId = await freshRunId(store());
      await log(runId, 5, 2, 10);
      await log(runId, 9, 1, 99);
      expect(await latest(runId)).toMatchObject({ value: 5, step: 2, timestamp: 10 });
      await log(runId, 4, 2, 11);
      expect(await latest(runId)).toMatchObject({ value: 4, step: 2, timestamp: 11 });
      await log(runId, 3, 2, 11);
      expect(await latest(runId)).toMatchObject({ value: 4, step: 2, timestamp: 11 });
    });

    it('logs the same value once', async () => {
      const runId = await freshRunId(store());
      await log(runId, 0.5, 1);
      await log(runId, 0.5, 1);
      await log(runId, Number.NaN, 1);
      await log(runId, Number.NaN, 1);
      expect(await history(runId)).toHaveLength(2);
    });

    it('keeps NaN, and infinities as the largest numbers there are', async () => {
      const runId = await freshRunId(store());
      await log(runId, Number.NaN, 1, 1, 'nan');
      await log(runId, Number.POSITIVE_INFINITY, 1, 1, 'high');
      await log(runId, Number.NEGATIVE_INFINITY, 1, 1, 'low');
      expect((await latest(runId, 'nan'))?.value).toBeNaN();
      expect((await history(runId, 'nan'))[0]?.value).toBeNaN();
      expect((await latest(runId, 'high'))?.value).toBe(LARGEST);
      expect((await latest(runId, 'low'))?.value).toBe(-LARGEST);
    });

    it('compares a NaN as 0 when it looks for the latest', async () => {
      const runId = await freshRunId(store());
      await log(runId, -1, 1, 1);
      await log(runId, Number.NaN, 1, 1);
      expect((await latest(runId))?.value).toBeNaN();
      await log(runId, 1, 1, 1);
      expect((await latest(runId))?.value).toBe(1);
    });

    it.each([0, -0, 5e-324, -2.5, 0.1, 1e21, 123456789.123456789, LARGEST])(
      'keeps %d exactly',
      async (value) => {
        const runId = await freshRunId(store());
        await log(runId, value, 0);
        // SQLite has one zero.
        expect((await history(runId))[0]?.value).toBe(value === 0 ? 0 : value);
      },
    );

    it('keeps 64-bit integers exactly, and gives small ones as numbers', async () => {
      const runId = await freshRunId(store());
      const step = 2n ** 63n - 1n;
      const timestamp = 2n ** 53n + 1n;
      await log(runId, 1, step, timestamp);
      await log(runId, 2, -(2n ** 63n), 7);
      await log(runId, 3, 9_007_199_254_740_991, 8);
      expect(await latest(runId)).toMatchObject({ value: 1, step, timestamp });
      expect(await history(runId)).toMatchObject([
        { value: 2, step: -(2n ** 63n), timestamp: 7 },
        { value: 3, step: 9_007_199_254_740_991, timestamp: 8 },
        { value: 1, step, timestamp },
      ]);
    });

    it('refuses negative times and bad names', async () => {
      const runId = await freshRunId(store());
      await expectError(
        log(runId, 1, 1, -1),
        'INVALID_PARAMETER_VALUE',
        /Timestamp must be a nonnegative long/,
      );
      await expectError(log(runId, 1, 1, 1, 'a;b'), 'INVALID_PARAMETER_VALUE', /Names may only contain/);
      await expectError(log(runId, 1, 1, 1, '../m'), 'INVALID_PARAMETER_VALUE', /would resolve to/);
      await expectError(
        log(runId, 1, 1, 1, 'm'.repeat(251)),
        'INVALID_PARAMETER_VALUE',
        /maximum length of 250/,
      );
      expect((await store().getRun(runId)).metrics).toEqual([]);
    });

    it('answers the history of something unknown with nothing', async () => {
      const runId = await freshRunId(store());
      expect(await history(runId, 'unknown')).toEqual([]);
      expect(await history('0123456789abcdef0123456789abcdef')).toEqual([]);
    });

    it('pages a history without repeating or leaving out, ties included', async () => {
      const runId = await freshRunId(store());
      const other = await freshRunId(store());
      const metrics = Array.from({ length: 50 }, (_, index) => ({
        key: 'm',
        value: index % 7 === 0 ? Number.NaN : index % 3,
        timestamp: Math.floor(index / 10),
        step: Math.floor(index / 5),
      }));
      await store().logBatch({ runId, metrics, params: [], tags: [] });
      await store().logBatch({ runId: other, metrics, params: [], tags: [] });
      const whole = await history(runId);
      const paged: Metric[] = [];
      let pageToken: string | undefined;
      do {
        const page = await store().getMetricHistory({
          runId,
          key: 'm',
          maxResults: 4,
          ...(pageToken && { pageToken }),
        });
        expect(page.items.length).toBeLessThanOrEqual(4);
        paged.push(...page.items);
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      expect(paged).toEqual(whole);
      expect(new Set(whole.map((metric) => JSON.stringify(metric))).size).toBe(whole.length);
    });

    it('refuses a page of nothing and a token of something else', async () => {
      const runId = await freshRunId(store());
      const page = (query: { maxResults?: number; pageToken?: string }) =>
        store().getMetricHistory({ runId, key: 'm', ...query });
      await expectError(page({ maxResults: 0 }), 'INVALID_PARAMETER_VALUE');
      await expectError(page({ maxResults: 1, pageToken: 'nonsense' }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
