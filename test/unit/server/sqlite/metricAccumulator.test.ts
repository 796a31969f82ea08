import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MetricAccumulator } from '../../../../src/server/sqlite/metricAccumulator.js';

describe('MetricAccumulator', () => {
  it('keeps count, last, extremes and few enough points of any history', () => {
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -50, max: 50 }) },
      fc.constant(Number.NaN),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 40 }),
        (values, most) => {
          const accumulator = new MetricAccumulator(most);
          const history = values.map((each, step) => ({ step, timestamp: step, value: each }));
          history.forEach((point) => accumulator.add(point));
          const summary = accumulator.summary('m');
          const numbers = values.filter((each) => !Number.isNaN(each));
          expect(summary?.count).toBe(values.length);
          expect(summary?.last).toEqual(history.at(-1));
          expect(summary?.min).toBe(numbers.length > 0 ? Math.min(...numbers) : undefined);
          expect(summary?.max).toBe(numbers.length > 0 ? Math.max(...numbers) : undefined);
          expect(summary?.sampled).toBe(values.length > most);
          const points = summary?.points ?? [];
          expect(points.length).toBeLessThanOrEqual(most);
          expect(points).toEqual(
            summary?.sampled ? history.filter((point) => points.includes(point)) : history,
          );
          const shown = points.map((point) => point.value).filter((each) => !Number.isNaN(each));
          expect(shown.length > 0 ? [Math.min(...shown), Math.max(...shown)] : []).toEqual(
            numbers.length > 0 ? [summary?.min, summary?.max] : [],
          );
        },
      ),
    );
  });
});
