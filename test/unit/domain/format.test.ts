import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatDuration, formatNumber } from '../../../src/core/domain/format.js';

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000] as const;

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1 / 3, '0.333333'],
    [0.1 + 0.2, '0.3'],
    [-12.3456789, '-12.3457'],
    [123456789, '123456789'],
    [11_689_512, '11689512'],
    [1234567.89, '1.23457e6'],
    [0.000123456789, '0.000123457'],
    [0.00001, '1e-5'],
    [1.5e-7, '1.5e-7'],
    [1e21, '1e21'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('is never further from the value than half a unit of the sixth digit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = Number(formatNumber(value));
        // Numbers next to the smallest and the greatest have no six digits to keep.
        if (Math.abs(value) < 1e-300 || Math.abs(value) > 1e300) return;
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.abs(value) * 5.0001e-6);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [-5, '0s'],
    [0, '0s'],
    [449, '0.4s'],
    [999, '0.9s'],
    [12 * SECOND + 999, '12s'],
    [3 * MINUTE, '3m'],
    [3 * MINUTE + 12 * SECOND, '3m 12s'],
    [2 * HOUR + 5 * MINUTE + 59 * SECOND, '2h 5m'],
    [2 * HOUR + 59 * SECOND, '2h'],
    [3 * DAY + 4 * HOUR, '3d 4h'],
    [3 * DAY + 4 * MINUTE, '3d'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatAge', () => {
  it.each([
    [-5, '0s'],
    [59_999, '59s'],
    [5 * MINUTE, '5m'],
    [23 * HOUR, '23h'],
    [13 * DAY, '13d'],
    [14 * DAY, '2w'],
    [364 * DAY, '52w'],
    [800 * DAY, '2y'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [10 * 1024, '10 KB'],
    [1024 * 1024 - 1, '1 MB'],
    [23.4 * 1024 * 1024, '23 MB'],
    [1.2 * 1024 ** 3, '1.2 GB'],
    [5 * 1024 ** 6, '5120 PB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
