/** How values are written for people, in trees and webviews alike. Pure, and the same in every locale. */

const SIGNIFICANT_DIGITS = 6;
/** Whole numbers below this are written out: they are mostly counts, and rounding them would only mislead. */
const WHOLE_NUMBER_LIMIT = 1e9;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A metric's value with at most six significant digits: `0.333333`, `1.5e-7`, `NaN`, `-Infinity`.
 * Whole numbers below a thousand million stay whole. `String(value)` is the exact form.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < WHOLE_NUMBER_LIMIT) return String(value);
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const size = Math.abs(rounded);
  if (size >= 1e-4 && size < 1e6) return String(rounded);
  return rounded.toExponential().replace('e+', 'e');
}

/**
 * A length of time in its two greatest units: `0.4s`, `12s`, `3m 12s`, `2h 5m`, `3d 4h`.
 * Negative lengths, which come from clocks that disagree, are written as zero.
 * @param milliseconds how long
 */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < SECOND) return `${(Math.floor(length / 100) / 10).toString()}s`;
  const [days, hours] = [Math.floor(length / DAY), Math.floor((length % DAY) / HOUR)];
  const [minutes, seconds] = [Math.floor((length % HOUR) / MINUTE), Math.floor((length % MINUTE) / SECOND)];
  if (days > 0) return hours > 0 ? `${days}d ${hours}h` : `${days}d`;
  if (hours > 0) return minutes > 0 ? `${hours}h ${minutes}m` : `${hours}h`;
  if (minutes > 0) return seconds > 0 ? `${minutes}m ${seconds}s` : `${minutes}m`;
  return `${seconds}s`;
}

/**
 * How long ago something was, in one unit: `12s`, `5m`, `3h`, `2d`, `6w`, `2y`. Whoever shows it adds "ago".
 * @param milliseconds the time that has passed; negative is written as zero
 */
export function formatAge(milliseconds: number): string {
  const age = Math.max(0, milliseconds);
  if (age < MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  const days = Math.floor(age / DAY);
  if (days < 14) return `${days}d`;
  if (days < 365) return `${Math.floor(days / 7)}w`;
  return `${Math.floor(days / 365)}y`;
}

/** A size in units of 1024: `0 B`, `512 B`, `1.5 KB`, `23 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let [size, unit] = [Math.max(0, bytes), 0];
  // 1023.5 would be written as "1024".
  while (size >= (unit === 0 ? 1024 : 1023.5) && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${Number(size.toFixed(digits))} ${units[unit] ?? 'B'}`;
}
