import { formatNumber } from '../../../src/core/domain/format.js';
import type { MetricNumber, RunPageMetric } from '../../../src/protocol/runPage.js';
import { t } from '../../shared/strings.js';
import type { Series } from './series.js';

/** Values that are named one by one before the rest is only counted. */
const NAMED = 3;

/** A metric's value as the page shows it. */
export function shortNumber(value: MetricNumber): string {
  return formatNumber(Number(value));
}

/** A metric's history in a sentence, for those who do not see the picture. */
export function describeTrend(metric: RunPageMetric): string {
  const { key, count } = metric;
  const last = shortNumber(metric.last);
  if (metric.min === undefined || metric.max === undefined)
    return t('sparklineUnordered', { key, count, last });
  return t('sparkline', { key, count, last, min: shortNumber(metric.min), max: shortNumber(metric.max) });
}

/** Says that the picture leaves values out, where it does. */
export function describeSampling(metric: RunPageMetric): string | undefined {
  if (!metric.sampled) return undefined;
  return t('sampled', { shown: metric.points.length, count: metric.count });
}

/** Names the values that the line cannot show, where there are any. */
export function describeNotFinite({ notFinite, byOrder }: Series): string | undefined {
  if (notFinite.length === 0) return undefined;
  const named = notFinite
    .slice(0, NAMED)
    .map(({ x, value }) => (byOrder ? String(value) : t('notFiniteAt', { value: String(value), step: x })))
    .join(', ');
  const more = notFinite.length - NAMED;
  return t('notFinite', { values: more > 0 ? t('notFiniteMore', { values: named, count: more }) : named });
}
