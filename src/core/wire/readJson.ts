import type { LifecycleStage } from '../domain/experiment.js';
import type { Int64 } from '../domain/int64.js';
import { isObject, toDouble, wholeNumber } from './parseMessage.js';

/*
 * Reads what a server answered. Servers differ in what they leave out, so what is missing or of another type
 * reads as empty; only a request's own reader (see `requests/`) is strict.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

/** A member of an object; undefined where there is none. */
export function member(json: unknown, name: string): unknown {
  return isObject(json) ? json[name] : undefined;
}

export function text(json: unknown, name: string): string {
  const value = member(json, name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A text that is there and not empty. */
export function optionalText(json: unknown, name: string): string | undefined {
  return text(json, name) || undefined;
}

export function listIn(json: unknown, name: string): readonly unknown[] {
  const value = member(json, name);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A 64-bit integer, written as a number or (by other servers) as a string; 0 where there is none. */
export function int64In(json: unknown, name: string): Int64 {
  return wholeNumber(member(json, name)) ?? 0;
}

/** An integer that fits a number, such as a time. */
export function optionalNumber(json: unknown, name: string): number | undefined {
  const value = wholeNumber(member(json, name));
  return value === undefined ? undefined : Number(value);
}

/** A double; `"NaN"` and the infinities are strings. 0 where there is none. */
export function doubleIn(json: unknown, name: string): number {
  const value = member(json, name);
  if (value === undefined || value === null) {
    return 0;
  }
  try {
    return toDouble(value);
  } catch {
    return NaN;
  }
}

export function lifecycleStage(json: unknown): LifecycleStage {
  return text(json, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}

/** A double as MLflow's server writes it: what JSON has no number for is a string. */
export function doubleToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
