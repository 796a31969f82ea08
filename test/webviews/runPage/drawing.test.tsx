import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricNumber } from '../../../src/protocol/runPage.js';
import { toSeries } from '../../../webviews/runPage/metrics/series.js';
import { SPARK, sparkShapes } from '../../../webviews/runPage/metrics/sparkShapes.js';

const at = (...values: MetricNumber[]): { x: number; y: MetricNumber }[] => values.map((y, x) => ({ x, y }));

describe('a series', () => {
  it('has a gap at each value that is not finite, and remembers which it was', () => {
    const series = toSeries(at(1, 'NaN', 3, '-Infinity'));
    expect(series.points.map(({ y }) => y)).toEqual([1, Number.NaN, 3, Number.NaN]);
    expect(series.notFinite).toEqual([
      { x: 1, value: Number.NaN },
      { x: 3, value: Number.NEGATIVE_INFINITY },
    ]);
    expect([...series.lonely]).toEqual([0, 2]);
  });

  it('counts its values when all have the same step', () => {
    const series = toSeries([5, 6, 7].map((y) => ({ x: 0, y })));
    expect(series.byOrder).toBe(true);
    expect(series.points.map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(toSeries(at(4)).byOrder).toBe(false);
  });
});

describe('a sparkline', () => {
  it('goes from edge to edge, the greatest value at the top', () => {
    expect(sparkShapes(toSeries(at(0, 10))).lines).toEqual(['3,19 117,3']);
  });

  it('is never joined over a gap', () => {
    const { lines, dots } = sparkShapes(toSeries(at(1, 2, 'NaN', 3, 'Infinity', 2, 1)));
    expect(lines).toHaveLength(2);
    expect(dots).toHaveLength(1);
  });

  it('marks infinities at their edge and NaN in between', () => {
    const { marks } = sparkShapes(toSeries(at(1, 'Infinity', '-Infinity', 'NaN', 2)));
    expect(marks.map(({ y }) => y)).toEqual([SPARK.padding, SPARK.height - SPARK.padding, SPARK.height / 2]);
  });

  it('stays inside its box whatever was logged', () => {
    const special: MetricNumber[] = [
      'NaN',
      'Infinity',
      '-Infinity',
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      5e-324,
    ];
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...special));
    const point = fc.record({ x: fc.maxSafeInteger(), y: value });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), (points) => {
        const { lines, dots, marks } = sparkShapes(toSeries(points.sort((a, b) => a.x - b.x)));
        const places = [
          ...lines.flatMap((line) => line.split(' ').map((pair) => pair.split(',').map(Number))),
        ];
        for (const [x = Number.NaN, y = Number.NaN] of [
          ...places,
          ...[...dots, ...marks].map((m) => [m.x, m.y]),
        ]) {
          expect(x >= 0 && x <= SPARK.width && y >= 0 && y <= SPARK.height).toBe(true);
        }
      }),
    );
  });
});
