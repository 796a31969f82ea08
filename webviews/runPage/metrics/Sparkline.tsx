import type { RunPageMetric } from '../../../src/protocol/runPage.js';
import { useSeen } from '../../shared/inView.js';
import { t } from '../../shared/strings.js';
import { describeNotFinite, describeSampling, describeTrend } from './describe.js';
import { toSeries } from './series.js';
import { SPARK, sparkShapes } from './sparkShapes.js';

/** A metric's course in a picture as high as a line of text. It is drawn once it comes into view. */
export function Sparkline({ metric }: { metric: RunPageMetric }) {
  const [ref, seen] = useSeen<HTMLSpanElement>();
  return (
    <span class="sparkline" ref={ref}>
      {seen ? <Drawing metric={metric} /> : null}
    </span>
  );
}

function Drawing({ metric }: { metric: RunPageMetric }) {
  const series = toSeries(metric.points);
  const { lines, dots, marks, end } = sparkShapes(series);
  const sampling = describeSampling(metric);
  const notes = [sampling, describeNotFinite(series)].filter((note) => note !== undefined);
  const label = [describeTrend(metric), ...notes].join(' ');
  return (
    <>
      <svg
        role="img"
        aria-label={label}
        width={SPARK.width}
        height={SPARK.height}
        viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      >
        {notes.length > 0 ? <title>{notes.join('\n')}</title> : null}
        {lines.map((points, index) => (
          <polyline key={index} points={points} />
        ))}
        {dots.map(({ x, y }) => (
          <circle key={x} class="dot" cx={x} cy={y} r={1.5} />
        ))}
        {marks.map(({ x, y, value }) => (
          <path key={x} class="not-finite-mark" d={`M${x} ${y}${markShape(value)}`} />
        ))}
        {end ? <circle class="dot" cx={end.x} cy={end.y} r={2} /> : null}
      </svg>
      {sampling === undefined ? null : (
        <span class="sampled-mark" title={sampling} aria-hidden="true">
          {t('sampledMark')}
        </span>
      )}
    </>
  );
}

/** A cross for NaN, an arrowhead up or down for the infinities. */
function markShape(value: number): string {
  if (Number.isNaN(value)) return 'm-2 -2l4 4m0 -4l-4 4';
  return value > 0 ? 'm-2.5 2l2.5 -3l2.5 3' : 'm-2.5 -2l2.5 3l2.5 -3';
}
