import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../src/core/domain/run.js';
import type { TrackingStore } from '../../../src/core/stores/trackingStore.js';
import { asRecord, freshRunId, type OpenSubject, useStore } from './subject.js';

/** What MLflow stores for a value, which is what it compares by. */
function stored(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function latestOf(metrics: readonly Metric[]): Metric | undefined {
  return metrics.reduce<Metric | undefined>((latest, metric) => {
    const keys = (of: Metric) => [Number(of.step), Number(of.timestamp), stored(of.value)];
    const order = latest === undefined ? [1] : keys(metric).map((key, at) => key - (keys(latest)[at] ?? 0));
    return (order.find((difference) => difference !== 0) ?? 0) > 0 ? metric : latest;
  }, undefined);
}

const metric = fc.record({
  key: fc.constantFrom('a', 'b'),
  value: fc.constantFrom(-1, 0, 1, Number.NaN),
  timestamp: fc.integer({ min: 0, max: 2 }),
  step: fc.integer({ min: -1, max: 1 }),
});

async function logInBatches(store: TrackingStore, runId: string, batches: readonly (readonly Metric[])[]) {
  for (const metrics of batches) {
    await store.logBatch({ runId, metrics, params: [], tags: [] });
  }
}

export function describeModels(open: OpenSubject): void {
  describe('rules, on anything', () => {
    const store = useStore(open);

    it('the latest value does not depend on how values arrive', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(metric, { maxLength: 5 }), { maxLength: 4 }), async (batches) => {
          const runId = await freshRunId(store(), { experimentId: '0' });
          await logInBatches(store(), runId, batches);
          const { metrics } = await store().getRun(runId);
          for (const key of ['a', 'b']) {
            const expected = latestOf(batches.flat().filter((each) => each.key === key));
            const actual = metrics.find((each) => each.key === key);
            expect(actual && { ...actual, value: stored(actual.value) }).toEqual(
              expected && { ...expected, value: stored(expected.value) },
            );
          }
        }),
        { numRuns: 40 },
      );
    });

    it('a parameter is what was logged first', async () => {
      const param = fc.record({ key: fc.constantFrom('x', 'y'), value: fc.constantFrom('', '1', '2') });
      await fc.assert(
        fc.asyncProperty(fc.array(param, { maxLength: 8 }), async (params) => {
          const runId = await freshRunId(store(), { experimentId: '0' });
          const expected: Record<string, string> = {};
          for (const { key, value } of params) {
            const refused = await store()
              .logParam(runId, { key, value })
              .then(
                () => false,
                () => true,
              );
            expect(refused).toBe((expected[key] ?? value) !== value);
            expected[key] ??= value;
          }
          expect(asRecord((await store().getRun(runId)).params)).toEqual(expected);
        }),
        { numRuns: 40 },
      );
    });

    it('texts come back as they were', async () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 200 });
      await fc.assert(
        fc.asyncProperty(text, async (value) => {
          const runId = await freshRunId(store(), { experimentId: '0' });
          await store().setTag(runId, { key: 'text', value });
          await store().logParam(runId, { key: 'text', value });
          const run = await store().getRun(runId);
          expect([asRecord(run.tags).text, asRecord(run.params).text]).toEqual([value, value]);
        }),
        { numRuns: 40 },
      );
    });
  });
}
