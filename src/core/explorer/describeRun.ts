import { formatAge, formatDuration, formatNumber } from '../domain/format.js';
import type { Metric, Run } from '../domain/run.js';

/** Room for a metric's name beside a run's. */
const KEY_LENGTH = 14;

/** The metric that stands beside a run's name: the chosen one, else the first by name. */
export function shownMetric(run: Run, chosen: string): Metric | undefined {
  if (chosen !== '') {
    return run.metrics.find((metric) => metric.key === chosen);
  }
  return run.metrics.reduce<Metric | undefined>(
    (first, metric) => (first === undefined || metric.key < first.key ? metric : first),
    undefined,
  );
}

/**
 * What stands behind a run's name: `0.93 acc · 5m ago`. Empty parts are left out. The value is first, because a narrow
 * side bar cuts off the end.
 */
export function runDescription(run: Run, chosenMetric: string, now: number): string {
  const metric = shownMetric(run, chosenMetric);
  return [
    metric === undefined ? '' : `${formatNumber(rounded(metric.value))} ${shortened(metric.key)}`,
    run.info.startTime === undefined ? '' : `${formatAge(now - run.info.startTime)} ago`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Four digits are enough to compare runs at a glance in a narrow side bar; whole numbers stay whole. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

function shortened(key: string): string {
  return key.length <= KEY_LENGTH ? key : `${key.slice(0, KEY_LENGTH - 1)}…`;
}

/** How long a run took, or has taken so far; undefined where its start is unknown. */
export function runDuration(run: Run, now: number): string | undefined {
  const { startTime, endTime, status } = run.info;
  if (startTime === undefined) {
    return undefined;
  }
  const end = endTime ?? (status === 'RUNNING' ? now : undefined);
  return end === undefined ? undefined : formatDuration(end - startTime);
}

/** A metric's value with its step, as a tree shows it: `0.1234 (step 9)`. */
export function metricDescription(metric: Metric): string {
  return `${formatNumber(metric.value)} (step ${metric.step})`;
}

/** The names of the metrics of some runs, in order. */
export function metricKeys(runs: readonly Run[]): string[] {
  return [...new Set(runs.flatMap((run) => run.metrics.map((metric) => metric.key)))].sort();
}
