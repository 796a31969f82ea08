import { type RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunPageMetric } from '../../../src/protocol/runPage.js';
import { announce } from '../../shared/announcer.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { describeNotFinite, describeSampling, describeTrend, shortNumber } from './describe.js';
import { LineChart } from './lineChart.js';
import { toSeries, type Series } from './series.js';

/** A metric's course, large, below its row. */
export function MetricChart({ metric }: { metric: RunPageMetric }) {
  const { view } = usePage();
  const series = useMemo(() => toSeries(metric.points), [metric.points]);
  const canBeLogarithmic = series.points.every(({ y }) => !(y <= 0));
  const logarithmic = canBeLogarithmic && view.isLogarithmic(metric.key);
  const [canvas, chart] = useLineChart(series, logarithmic);
  return (
    <div class="metric-chart">
      <div class="chart-canvas">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={`${t('chartOf', { key: metric.key })}. ${describeTrend(metric)} ${t('chartKeys')}`}
          {...useArrowKeys(series, chart)}
        />
      </div>
      <div class="chart-notes">
        <dl>
          <Figure name={t('last')} value={metric.last} />
          <Figure name={t('min')} value={metric.min} />
          <Figure name={t('max')} value={metric.max} />
          <Figure name={t('values')} value={metric.count} />
        </dl>
        <label title={canBeLogarithmic ? undefined : t('logScaleImpossible')}>
          <input
            type="checkbox"
            checked={logarithmic}
            disabled={!canBeLogarithmic}
            onChange={() => view.toggleLogarithmic(metric.key)}
          />
          {t('logScale')}
        </label>
        {[describeSampling(metric), describeNotFinite(series)].map((note) =>
          note ? <p key={note}>{note}</p> : null,
        )}
      </div>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: RunPageMetric['min'] }) {
  if (value === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd title={String(value)}>{shortNumber(value)}</dd>
    </div>
  );
}

/** Keeps a chart on a canvas in step with what it shows. */
function useLineChart(
  series: Series,
  logarithmic: boolean,
): [RefObject<HTMLCanvasElement>, RefObject<LineChart | undefined>] {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<LineChart | undefined>(undefined);
  useEffect(() => {
    if (chart.current) {
      chart.current.show(series, logarithmic);
      return;
    }
    const context = canvas.current?.getContext('2d');
    // Without a context (a browser can run out of them) the figures below still tell the values.
    if (context) chart.current = new LineChart(context, series, logarithmic);
  }, [series, logarithmic]);
  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = undefined;
    },
    [],
  );
  return [canvas, chart];
}

/** Lets arrow keys go from point to point. Starts at the last one, which is the news. */
function useArrowKeys(series: Series, chart: RefObject<LineChart | undefined>) {
  const selected = useRef<number | undefined>(undefined);
  const select = (index: number | undefined): void => {
    selected.current = index;
    chart.current?.select(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const end = series.points.length - 1;
    const next = selected.current === undefined ? end : selected.current + direction;
    const index = Math.min(end, Math.max(0, next));
    const point = series.points[index];
    if (!point) return;
    select(index);
    const values = { step: point.x, value: String(point.y) };
    announce(t(series.byOrder ? 'chartOrderPoint' : 'chartPoint', values));
  };
  return { onKeyDown, onBlur: () => select(undefined) };
}
