import type { RunPageMetric, RunPageSortColumn } from '../../../src/protocol/runPage.js';
import { matchesFilter } from '../../shared/components/FilterBox.js';
import type { MetricSource } from '../model.js';
import { compareNames } from '../names.js';
import type { Sort } from '../viewState.js';

/** MLflow logs the machine's own metrics below this prefix. */
const SYSTEM_PREFIX = 'system/';

/** Metrics that share what stands before the first `/`; the name is '' for those without one. */
export interface MetricGroup {
  readonly name: string;
  readonly metrics: readonly { readonly key: string; readonly metric: MetricSource }[];
}

export function isSystemMetric(key: string): boolean {
  return key.startsWith(SYSTEM_PREFIX);
}

/** What stands before the first `/` of a metric's key, or ''. */
function groupName(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')));
}

/**
 * The metrics that match `filter`, in groups by name (those without a group first), each sorted.
 * Reads values only where the order depends on them, so that a table in order of names is not arranged again
 * with each new value.
 */
export function arrangeMetrics(
  metrics: readonly (readonly [key: string, metric: MetricSource])[],
  filter: string,
  sort: Sort,
): MetricGroup[] {
  const groups = new Map<string, { key: string; metric: MetricSource }[]>();
  for (const [key, metric] of metrics) {
    if (!matchesFilter(key, filter)) continue;
    const name = groupName(key);
    const group = groups.get(name);
    if (group) group.push({ key, metric });
    else groups.set(name, [{ key, metric }]);
  }
  return [...groups]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([name, members]) => ({ name, metrics: members.sort(comparator(sort)) }));
}

function comparator({ column, descending }: Sort) {
  const direction = descending ? -1 : 1;
  return (a: { key: string; metric: MetricSource }, b: { key: string; metric: MetricSource }): number => {
    if (column === 'key') return direction * compareNames(a.key, b.key);
    const [left, right] = [sortValue(a.metric.value, column), sortValue(b.metric.value, column)];
    // What has no place on the number line comes last either way.
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || compareNames(a.key, b.key);
    }
    return left === right ? compareNames(a.key, b.key) : direction * (left < right ? -1 : 1);
  };
}

function sortValue(metric: RunPageMetric, column: Exclude<RunPageSortColumn, 'key'>): number {
  switch (column) {
    case 'last':
      return Number(metric.last);
    case 'min':
      return Number(metric.min ?? Number.NaN);
    case 'max':
      return Number(metric.max ?? Number.NaN);
    case 'step':
      return Number(metric.lastStep);
    case 'count':
      return metric.count;
  }
}
