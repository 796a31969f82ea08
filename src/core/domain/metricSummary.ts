import type { Int64 } from './int64.js';

/** One point of a metric's history. */
export interface MetricPoint {
  readonly step: Int64;
  readonly timestamp: Int64;
  readonly value: number;
}

/**
 * All of a metric's history in few numbers. `min` and `max` leave NaN aside and are absent when nothing
 * else was logged. `points` are ordered by (step, timestamp) and hold the minimum and the maximum of
 * every bucket when there are more values than asked for (`sampled`), else every value.
 */
export interface MetricSummary {
  readonly key: string;
  readonly count: number;
  readonly last: MetricPoint;
  readonly min?: number;
  readonly max?: number;
  readonly points: readonly MetricPoint[];
  readonly sampled: boolean;
}
