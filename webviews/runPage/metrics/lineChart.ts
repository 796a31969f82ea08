import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatNumber } from '../../../src/core/domain/format.js';
import { isHighContrast, onThemeChange, themeColor } from '../../shared/theme.js';
import { t } from '../../shared/strings.js';
import type { Series } from './series.js';

// Only what a line needs, so that the rest of the library is not in the bundle.
Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

type Points = { x: number; y: number }[];

/** A line chart on a canvas. It takes the theme's colours, and takes them again when the theme changes. */
export class LineChart {
  private readonly chart: Chart<'line', Points>;
  private readonly stopWatching: () => void;
  private series: Series;
  private logarithmic: boolean;
  private selected: number | undefined;

  /** @param context a canvas's context; the canvas stands alone in an element that gives it its size */
  constructor(context: CanvasRenderingContext2D, series: Series, logarithmic: boolean) {
    this.series = series;
    this.logarithmic = logarithmic;
    this.chart = new Chart(context, {
      type: 'line',
      data: { datasets: [line(series)] },
      options: options(series, logarithmic),
      plugins: [{ id: 'notFinite', beforeDatasetsDraw: (chart) => this.drawNotFinite(chart) }],
    });
    this.stopWatching = onThemeChange(() => this.show(this.series, this.logarithmic));
  }

  /** Draws `series` in place of what was drawn. */
  show(series: Series, logarithmic: boolean): void {
    this.series = series;
    this.logarithmic = logarithmic;
    this.chart.options = options(series, logarithmic);
    // The same object, so that what the pointer is at stays chosen while values arrive.
    Object.assign(this.chart.data.datasets[0] ?? {}, line(series));
    this.chart.update('none');
    if (this.selected !== undefined) this.select(this.selected);
  }

  /** Shows the tooltip of a point, which is what arrow keys do, or of none. It stays while values arrive. */
  select(index: number | undefined): void {
    this.selected = index;
    const element = index === undefined ? undefined : this.chart.getDatasetMeta(0).data[index];
    const active = element && index !== undefined ? [{ datasetIndex: 0, index }] : [];
    this.chart.setActiveElements(active);
    this.chart.tooltip?.setActiveElements(active, { x: element?.x ?? 0, y: element?.y ?? 0 });
    this.chart.update('none');
  }

  dispose(): void {
    this.stopWatching();
    this.chart.destroy();
  }

  /** A dashed line from top to bottom at each value that has no height. */
  private drawNotFinite({ ctx, chartArea, scales }: Chart): void {
    const axis = scales.x;
    if (!axis || this.series.notFinite.length === 0) return;
    ctx.save();
    ctx.strokeStyle = themeColor('--vscode-editorWarning-foreground');
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    for (const { x } of this.series.notFinite) {
      const at = Math.round(axis.getPixelForValue(x)) + 0.5;
      ctx.moveTo(at, chartArea.top);
      ctx.lineTo(at, chartArea.bottom);
    }
    ctx.stroke();
    ctx.restore();
  }
}

function line(series: Series): ChartDataset<'line', Points> {
  const color = themeColor('--vscode-charts-blue');
  return {
    data: [...series.points],
    borderColor: color,
    backgroundColor: color,
    borderWidth: isHighContrast() ? 2 : 1.5,
    pointRadius: series.lonely.size > 0 ? series.points.map((_, i) => (series.lonely.has(i) ? 3 : 0)) : 0,
    pointHoverRadius: 4,
    pointHitRadius: 8,
  };
}

function options(series: Series, logarithmic: boolean): ChartOptions<'line'> {
  const text = themeColor('--vscode-descriptionForeground');
  const font = { family: themeColor('--vscode-font-family'), size: 11 };
  // Themes of high contrast have no faint colours: there a grid would be as loud as the line.
  const grid = { display: !isHighContrast(), color: themeColor('--vscode-tree-tableColumnsBorder') };
  const border = { color: themeColor('--vscode-charts-lines') };
  const ticks = { color: text, font, callback: (value: string | number) => formatNumber(Number(value)) };
  return {
    parsing: false,
    normalized: true,
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'linear',
        grid: { ...grid, drawOnChartArea: false },
        border,
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 24 },
        title: { display: true, text: series.byOrder ? t('orderAxis') : t('step'), color: text, font },
      },
      y: {
        type: logarithmic ? 'logarithmic' : 'linear',
        grid,
        border,
        ticks: { ...ticks, maxTicksLimit: 6 },
      },
    },
    plugins: { tooltip: tooltip(series, font) },
  };
}

function tooltip(series: Series, font: { family: string; size: number }) {
  return {
    displayColors: false,
    backgroundColor: themeColor('--vscode-editorHoverWidget-background'),
    titleColor: themeColor('--vscode-editorHoverWidget-foreground'),
    bodyColor: themeColor('--vscode-editorHoverWidget-foreground'),
    borderColor: themeColor('--vscode-editorHoverWidget-border'),
    borderWidth: 1,
    cornerRadius: 3,
    caretSize: 0,
    caretPadding: 8,
    yAlign: 'bottom' as const,
    titleFont: { ...font, weight: 'normal' as const },
    bodyFont: font,
    callbacks: {
      title: () => '',
      label: ({ parsed }: { parsed: { x: number | null; y: number | null } }) =>
        t(series.byOrder ? 'chartOrderPoint' : 'chartPoint', {
          step: String(parsed.x),
          value: String(parsed.y),
        }),
    },
  };
}
