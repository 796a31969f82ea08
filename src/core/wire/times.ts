import { type Int64, toInt64 } from '../domain/int64.js';

/* Protobuf's Timestamp and Duration, as JSON has them: `2024-05-01T12:00:00.250Z` and `1.5s`. */

/** What a Timestamp can say, in milliseconds: the years 1 to 9999. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;

/** The milliseconds since the epoch that a Timestamp says; undefined where it is none. */
export function timestampFromJson(json: unknown): number | undefined {
  const [, seconds, fraction = '', zone] = TIMESTAMP.exec(typeof json === 'string' ? json : '') ?? [];
  const time = seconds === undefined ? NaN : Date.parse(seconds + zone);
  return Number.isNaN(time) ? undefined : time + millisecondsOf(fraction);
}

export function timestampToJson(milliseconds: Int64): string {
  const time = Math.min(Math.max(Number(milliseconds), FIRST), LAST);
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The milliseconds that a Duration says; undefined where it is none. */
export function durationFromJson(json: unknown): number | undefined {
  const [, sign, seconds, fraction = ''] = DURATION.exec(typeof json === 'string' ? json : '') ?? [];
  if (seconds === undefined) {
    return undefined;
  }
  const milliseconds = Number(seconds) * 1000 + millisecondsOf(fraction);
  return sign === '-' ? -milliseconds : milliseconds;
}

export function durationToJson(milliseconds: Int64): string {
  const sign = milliseconds < 0 ? '-' : '';
  const whole = BigInt(milliseconds) < 0n ? -BigInt(milliseconds) : BigInt(milliseconds);
  const rest = whole % 1000n;
  return `${sign}${toInt64(whole / 1000n)}${rest === 0n ? '' : `.${String(rest).padStart(3, '0')}`}s`;
}

function millisecondsOf(fraction: string): number {
  return Number(fraction.padEnd(3, '0').slice(0, 3));
}
