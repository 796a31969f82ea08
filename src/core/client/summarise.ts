import { compareInt64 } from '../domain/int64.js';
import type { MetricPoint, MetricSummary } from '../domain/metricSummary.js';
import type { Metric } from '../domain/run.js';

/**
 * Sums up a whole history, for servers that do not do it themselves.
 * @param points the most points to keep: of each bucket of neighbours the least and the greatest value
 */
export function summarise(
  key: string,
  history: readonly Metric[],
  points: number,
): MetricSummary | undefined {
  const all: MetricPoint[] = history
    .map(({ step, timestamp, value }) => ({ step, timestamp, value }))
    .sort(byTime);
  const last = all.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const numbers = all.filter(({ value }) => !Number.isNaN(value));
  const sampled = all.length > points;
  return {
    key,
    count: all.length,
    last,
    ...(numbers.length > 0 && { min: least(numbers).value, max: greatest(numbers).value }),
    points: sampled ? extremes(all, points) : all,
    sampled,
  };
}

/** MLflow's order of what is latest; a NaN counts as the 0 that is stored. */
function byTime(a: MetricPoint, b: MetricPoint): number {
  return (
    compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || (a.value || 0) - (b.value || 0)
  );
}

function extremes(all: readonly MetricPoint[], points: number): MetricPoint[] {
  const buckets = Math.floor(points / 2);
  if (buckets === 0) {
    return all.slice(-1).slice(0, points);
  }
  const size = Math.ceil(all.length / buckets);
  return Array.from({ length: Math.ceil(all.length / size) }, (_item, index) => {
    const bucket = all.slice(index * size, (index + 1) * size);
    const numbers = bucket.filter(({ value }) => !Number.isNaN(value));
    // A bucket of NaN alone is a gap, and stays one.
    return numbers.length > 0
      ? [...new Set([least(numbers), greatest(numbers)])].sort(byTime)
      : bucket.slice(0, 1);
  }).flat();
}

function least(points: readonly MetricPoint[]): MetricPoint {
  return points.reduce((a, b) => (b.value < a.value ? b : a));
}

function greatest(points: readonly MetricPoint[]): MetricPoint {
  return points.reduce((a, b) => (b.value > a.value ? b : a));
}
