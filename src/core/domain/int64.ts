/**
 * A 64-bit integer as MLflow logs it (step, timestamp): a number where that is exact, else a bigint.
 * Values up to 2^53 - 1 are always numbers, so `===` works on them.
 */
export type Int64 = number | bigint;

/** `value` in the one form that {@link Int64} allows for it. */
export function toInt64(value: bigint): Int64 {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Orders two integers: negative, zero or positive, as `Array.sort` wants it. */
export function compareInt64(a: Int64, b: Int64): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
