import { compareInt64 } from '../../core/domain/int64.js';
import type { Metric } from '../../core/domain/run.js';

/**
 * At most `most` values of a history, evenly spread by their order in (step, timestamp, value), with the first
 * and the last among them. MLflow answers `get-history-bulk-interval` in this way (SQL's NTILE): buckets of equal
 * size, the larger ones first, and of each its first value.
 * @param start the least step, where only an interval is wanted
 * @param end the greatest step of that interval
 */
export function sampleInterval(
  history: readonly Metric[],
  most: number,
  start?: number,
  end?: number,
): Metric[] {
  const inside = history
    .filter(({ step }) => (start === undefined || step >= start) && (end === undefined || step <= end))
    .sort(byStep);
  const last = inside.at(-1);
  if (last === undefined || inside.length <= most) {
    return inside;
  }
  const size = Math.floor(inside.length / most);
  const larger = inside.length % most;
  const sampled = Array.from({ length: most }, (_item, bucket) => bucket * size + Math.min(bucket, larger))
    .map((index) => inside[index])
    .filter((metric) => metric !== undefined);
  sampled[sampled.length - 1] = last;
  return sampled;
}

function byStep(a: Metric, b: Metric): number {
  return (
    compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValues(a.value, b.value)
  );
}

/** NaN is stored as 0 with a mark, and so comes after 0. */
function compareValues(a: number, b: number): number {
  return (a || 0) - (b || 0) || Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
