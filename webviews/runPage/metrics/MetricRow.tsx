import { useComputed } from '@preact/signals';
import type { MetricNumber, RunPageMetric } from '../../../src/protocol/runPage.js';
import { classes } from '../../shared/classes.js';
import { CopyButton } from '../../shared/components/CopyButton.js';
import { Icon } from '../../shared/components/Icon.js';
import { t } from '../../shared/strings.js';
import { usePage } from '../context.js';
import { copy } from '../messages.js';
import type { MetricSource } from '../model.js';
import { shortNumber } from './describe.js';
import { MetricChart } from './MetricChart.js';
import { Sparkline } from './Sparkline.js';

/** How many columns the table of metrics has. */
export const METRIC_COLUMNS = 7;

interface MetricRowProps {
  readonly metric: MetricSource;
  /** The key without the name of the group that it stands in. */
  readonly label: string;
  readonly indented: boolean;
}

/** A metric in its row, and below it the chart when it is open. */
export function MetricRow({ metric, label, indented }: MetricRowProps) {
  const { view } = usePage();
  const current = metric.value;
  const { key } = current;
  // Computed, so that opening one chart draws one row again.
  const open = useComputed(() => view.isChartOpen(key)).value;
  const chartId = `chart-${key}`;
  return (
    <>
      <tr
        role="row"
        class={classes('row', 'metric-row', indented && 'indented', open && 'open')}
        onClick={(event) => {
          if (!isElsewhere(event)) view.toggleChart(key);
        }}
      >
        <th role="rowheader" scope="row">
          <button
            type="button"
            class="metric-toggle"
            title={key}
            aria-label={key}
            aria-expanded={open}
            aria-controls={open ? chartId : undefined}
            onClick={() => view.toggleChart(key)}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} />
            <span class="ellipsis">{label}</span>
          </button>
        </th>
        <Cells metric={current} />
      </tr>
      {open ? (
        <tr role="row" class="chart-row" id={chartId}>
          <td role="cell" colSpan={METRIC_COLUMNS}>
            <MetricChart metric={current} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** Whether a click on a row is meant for something else: its buttons, or text to select. */
function isElsewhere({ target }: MouseEvent): boolean {
  return (target instanceof Element && target.closest('button') !== null) || getSelection()?.type === 'Range';
}

function Cells({ metric }: { metric: RunPageMetric }) {
  return (
    <>
      <td role="cell" class="numeric last" title={String(metric.last)}>
        <CopyButton label={t('copyMetric', { key: metric.key })} copy={() => copy(String(metric.last))} />
        <Value value={metric.last} />
      </td>
      <td role="cell" class="numeric minor" title={exact(metric.min)}>
        <Value value={metric.min} />
      </td>
      <td role="cell" class="numeric minor" title={exact(metric.max)}>
        <Value value={metric.max} />
      </td>
      <td role="cell" class="numeric minor less">
        {metric.lastStep}
      </td>
      <td role="cell" class="numeric minor least">
        {metric.count}
      </td>
      <td role="cell" class="trend">
        <Sparkline metric={metric} />
      </td>
    </>
  );
}

function exact(value: MetricNumber | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function Value({ value }: { value: MetricNumber | undefined }) {
  if (value === undefined) return <span class="absent">–</span>;
  return <span class={classes(typeof value === 'string' && 'not-finite')}>{shortNumber(value)}</span>;
}
