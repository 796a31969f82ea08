import { compareInt64 } from '../../core/domain/int64.js';
import type { MetricPoint, MetricSummary } from '../../core/domain/metricSummary.js';
import { storedValue } from './metricRows.js';

/** Some values that were logged one after the other. */
interface Bucket {
  /** What stands for the bucket where it holds nothing but NaN. */
  readonly first: MetricPoint;
  min: MetricPoint | undefined;
  max: MetricPoint | undefined;
}

/**
 * Sums up a metric's history value by value, in bounded memory. As long as there are few, each value is a
 * bucket of its own; then neighbours are put together, again and again, and the least and the greatest value
 * of each bucket stand for it: a spike of a single step is never lost.
 */
export class MetricAccumulator {
  private count = 0;
  private last: MetricPoint | undefined;
  private min: number | undefined;
  private max: number | undefined;
  private buckets: Bucket[] = [];
  /** How many values a full bucket holds. */
  private width = 1;
  private inNewest = 0;

  /** @param points the most points to sum up to, at least 2 */
  constructor(private readonly points: number) {}

  add(point: MetricPoint): void {
    this.count += 1;
    if (this.last === undefined || comparePoints(point, this.last) > 0) {
      this.last = point;
    }
    const isNumber = !Number.isNaN(point.value);
    if (isNumber) {
      this.min = Math.min(this.min ?? point.value, point.value);
      this.max = Math.max(this.max ?? point.value, point.value);
    }
    const alone: Bucket = {
      first: point,
      min: isNumber ? point : undefined,
      max: isNumber ? point : undefined,
    };
    const newest = this.buckets.at(-1);
    if (newest === undefined || this.inNewest === this.width) {
      this.buckets.push(alone);
      this.inNewest = 1;
      this.shrink();
    } else {
      merge(newest, alone);
      this.inNewest += 1;
    }
  }

  /** The summary so far; undefined before the first value. */
  summary(key: string): MetricSummary | undefined {
    return this.last === undefined
      ? undefined
      : {
          key,
          count: this.count,
          last: this.last,
          ...(this.min !== undefined && { min: this.min }),
          ...(this.max !== undefined && { max: this.max }),
          points: this.buckets.flatMap(pointsOf).sort(comparePoints),
          sampled: this.width > 1,
        };
  }

  /** Puts neighbours together while there are more buckets than points for them: two each, or one alone. */
  private shrink(): void {
    while (this.buckets.length > (this.width === 1 ? this.points : Math.floor(this.points / 2))) {
      const pairs: Bucket[] = [];
      this.buckets.forEach((bucket, index) => {
        const before = pairs.at(-1);
        if (index % 2 === 1 && before !== undefined) {
          merge(before, bucket);
        } else {
          pairs.push(bucket);
        }
      });
      this.inNewest += this.buckets.length % 2 === 0 ? this.width : 0;
      this.width *= 2;
      this.buckets = pairs;
    }
  }
}

function merge(bucket: Bucket, later: Bucket): void {
  bucket.min = lesser(bucket.min, later.min);
  bucket.max = greater(bucket.max, later.max);
}

/** The point of the lesser value, the first of equals. */
function lesser(a: MetricPoint | undefined, b: MetricPoint | undefined): MetricPoint | undefined {
  return a === undefined || (b !== undefined && b.value < a.value) ? b : a;
}

/** The point of the greater value, the first of equals. */
function greater(a: MetricPoint | undefined, b: MetricPoint | undefined): MetricPoint | undefined {
  return a === undefined || (b !== undefined && b.value > a.value) ? b : a;
}

function pointsOf({ first, min, max }: Bucket): MetricPoint[] {
  if (min === undefined || max === undefined) {
    return [first];
  }
  return min === max ? [min] : [min, max];
}

/** MLflow's order of what is latest: by step, time and value, where a NaN counts as the 0 that is stored. */
function comparePoints(a: MetricPoint, b: MetricPoint): number {
  return (
    compareInt64(a.step, b.step) ||
    compareInt64(a.timestamp, b.timestamp) ||
    storedValue(a.value).value - storedValue(b.value).value
  );
}
