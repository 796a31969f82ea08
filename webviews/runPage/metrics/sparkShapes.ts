import type { Series } from './series.js';

/** Size of a sparkline in CSS pixels, and the room at its edges for marks and the width of the line. */
export const SPARK = { width: 120, height: 22, padding: 3 } as const;

/** Least distance between marks of one kind, in pixels. */
const MARK_DISTANCE = 6;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A sparkline's shapes in pixels. */
export interface SparkShapes {
  /** Pieces of the line, as the `points` of a polyline. A gap ends a piece. */
  readonly lines: readonly string[];
  readonly dots: readonly Place[];
  /** Where NaN and infinite values belong. */
  readonly marks: readonly (Place & { readonly value: number })[];
  readonly end: Place | undefined;
}

/** Fits a series into a sparkline. Greatest and smallest finite value touch top and bottom. */
export function sparkShapes(series: Series): SparkShapes {
  const place = placer(series);
  const lines: string[] = [];
  let piece: string[] = [];
  const endPiece = (): void => {
    if (piece.length > 1) lines.push(piece.join(' '));
    piece = [];
  };
  for (const point of series.points) {
    if (Number.isNaN(point.y)) {
      endPiece();
      continue;
    }
    const { x, y } = place(point.x, point.y);
    piece.push(`${x},${y}`);
  }
  endPiece();

  const dots = [...series.lonely].flatMap((index) => {
    const point = series.points[index];
    return point ? [place(point.x, point.y)] : [];
  });
  const last = series.points.at(-1);
  return {
    lines,
    dots,
    marks: marks(series, place),
    end: last && !Number.isNaN(last.y) ? place(last.x, last.y) : undefined,
  };
}

/** NaN stands at half height, in the gap that it makes; the infinities at the edge that they went through. */
function marks({ notFinite }: Series, place: (x: number, y: number) => Place): SparkShapes['marks'] {
  const found: SparkShapes['marks'][number][] = [];
  for (const { x: step, value } of notFinite) {
    const { x } = place(step, 0);
    const before = found.at(-1);
    // Marks on top of one another would be a blot.
    if (before && Object.is(before.value, value) && x - before.x < MARK_DISTANCE) continue;
    const y = Number.isNaN(value)
      ? SPARK.height / 2
      : value > 0
        ? SPARK.padding
        : SPARK.height - SPARK.padding;
    found.push({ x, y, value });
  }
  return found;
}

/** A function from steps and values to pixels. */
function placer({ points }: Series): (x: number, y: number) => Place {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    if (!Number.isNaN(y)) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  const width = SPARK.width - 2 * SPARK.padding;
  const height = SPARK.height - 2 * SPARK.padding;
  // One value, or one step, has no range: it stands in the middle, or at the end.
  const across = (x: number): number => (right > left ? (x - left) / (right - left) : 1);
  const up = (y: number): number => (high > low ? share(y, low, high) : 0.5);
  return (x, y) => ({
    x: pixel(SPARK.padding + across(x) * width),
    y: pixel(SPARK.padding + (1 - up(y)) * height),
  });
}

/** Where `value` lies between `low` and `high`, from 0 to 1. Halves first: the range of doubles itself overflows. */
function share(value: number, low: number, high: number): number {
  return (value / 2 - low / 2) / (high / 2 - low / 2);
}

/** A tenth of a pixel is finer than anybody sees. */
function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}
