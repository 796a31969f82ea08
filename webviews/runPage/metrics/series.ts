import type { SparkPoint } from '../../../src/protocol/runPage.js';

/** A value that a line cannot show, and where it belongs. */
interface NotFinite {
  readonly x: number;
  readonly value: number;
}

interface SeriesPoint {
  readonly x: number;
  /** NaN where the line has a gap. */
  readonly y: number;
}

/** A metric's points made ready to draw. */
export interface Series {
  /** In order of `x`. */
  readonly points: readonly SeriesPoint[];
  readonly notFinite: readonly NotFinite[];
  /** Indices of points that no line reaches: they need a dot. */
  readonly lonely: ReadonlySet<number>;
  /** Whether `x` counts the values, because all of them have the same step. */
  readonly byOrder: boolean;
}

/** Turns points as they were sent into what sparkline and chart draw alike. */
export function toSeries(sent: readonly SparkPoint[]): Series {
  const first = sent[0];
  const byOrder = sent.length > 1 && sent.every((point) => point.x === first?.x);
  const points = sent.map(({ x, y }, index) => {
    const value = Number(y);
    return { x: byOrder ? index + 1 : x, y: Number.isFinite(value) ? value : Number.NaN };
  });
  const notFinite = points.flatMap(({ x, y }, index) =>
    Number.isNaN(y) ? [{ x, value: Number(sent[index]?.y) }] : [],
  );
  const isGap = (index: number): boolean => Number.isNaN(points[index]?.y ?? Number.NaN);
  const indices = points.map((_, index) => index);
  const lonely = new Set(indices.filter((index) => !isGap(index) && isGap(index - 1) && isGap(index + 1)));
  return { points, notFinite, lonely, byOrder };
}
