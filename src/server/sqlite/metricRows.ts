import type { Int64 } from '../../core/domain/int64.js';
import type { Metric } from '../../core/domain/run.js';

/** A value of a metric as `metrics` and `latest_metrics` hold it. */
export interface MetricRow {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Int64 | null;
  readonly step: Int64;
  readonly is_nan: number;
}

/** The greatest number that the column can hold: MLflow keeps infinities as this. */
const LARGEST = 1.7976931348623157e308;

/** `value` as MLflow stores it: NaN is 0 with a flag, and infinities are the largest numbers there are. */
export function storedValue(value: number): { readonly value: number; readonly isNan: 0 | 1 } {
  if (Number.isNaN(value)) {
    return { value: 0, isNan: 1 };
  }
  return { value: Math.min(Math.max(value, -LARGEST), LARGEST), isNan: 0 };
}

/** What was logged. An infinity comes back as the largest number, as from MLflow. */
export function toMetric(row: MetricRow): Metric {
  return {
    key: row.key,
    value: row.is_nan === 0 ? row.value : Number.NaN,
    timestamp: row.timestamp ?? 0,
    step: row.step,
  };
}
