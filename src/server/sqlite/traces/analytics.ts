import {
  type ExactJson,
  NumberText,
  pythonFloat,
  pythonJson,
  tryParseJsonObject,
} from '../../../core/base/pythonJson.js';
import { type Int64, toInt64 } from '../../../core/domain/int64.js';
import type { Tag } from '../../../core/domain/tag.js';
import { TRACE_METADATA } from '../../../core/domain/trace.js';

/*
 * Since MLflow 3.17 the name, the session, the token usage and the cost of a trace have columns of their own, and
 * are told to clients as the tags and metadata that they were.
 */

/** Counts of tokens: keys within the metadata and names of columns. */
export const TOKEN_KEYS = [
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'cache_creation_input_tokens_above_1hr',
] as const;

/** Costs in dollars: keys within the metadata and names of columns. */
export const COST_KEYS = ['input_cost', 'output_cost', 'total_cost'] as const;

/** The columns as a row has them; a database older than 3.17 has none. */
export interface AnalyticsRow
  extends
    Partial<Readonly<Record<TokenKey, Int64 | null>>>,
    Partial<Readonly<Record<CostKey, number | null>>> {
  readonly trace_name?: string | null;
  readonly session_id?: string | null;
}

type TokenKey = (typeof TOKEN_KEYS)[number];
type CostKey = (typeof COST_KEYS)[number];

/** Whether a column is there and has a value. */
export function isSet<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

/** A value of a column to write. */
export type ColumnValues = Readonly<Record<string, string | Int64 | null>>;

/** The metadata that has columns of its own. */
export const PROMOTED_METADATA: readonly string[] = [
  TRACE_METADATA.session,
  TRACE_METADATA.tokenUsage,
  TRACE_METADATA.cost,
];

/** What the columns hold for metadata that a client sent; what was not sent is not among them. */
export function columnsOfMetadata(metadata: readonly Tag[]): ColumnValues {
  const columns: Record<string, string | Int64 | null> = {};
  for (const { key, value } of metadata) {
    if (key === TRACE_METADATA.session) {
      columns.session_id = value;
    } else if (key === TRACE_METADATA.tokenUsage) {
      Object.assign(columns, picked(value, TOKEN_KEYS, tokenCount));
    } else if (key === TRACE_METADATA.cost) {
      Object.assign(columns, picked(value, COST_KEYS, finiteNumber));
    }
  }
  return columns;
}

function picked(
  text: string,
  keys: readonly string[],
  convert: (value: ExactJson | undefined) => Int64 | null,
): ColumnValues {
  const json = tryParseJsonObject(text) ?? {};
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(json, key)).map((key) => [key, convert(json[key])]),
  );
}

/** A whole number, also where it is written as a text or as 3.0. */
function tokenCount(value: ExactJson | undefined): Int64 | null {
  const written = numberIn(value);
  if (written === undefined) {
    return null;
  }
  const whole = written.isInteger ? BigInt(written.text) : wholeOf(written.value);
  return whole !== undefined && whole >= -(2n ** 63n) && whole < 2n ** 63n ? toInt64(whole) : null;
}

function wholeOf(value: number): bigint | undefined {
  return Number.isInteger(value) ? BigInt(value) : undefined;
}

export function finiteNumber(value: ExactJson | undefined): number | null {
  const number = numberIn(value)?.value;
  return number !== undefined && Number.isFinite(number) ? number : null;
}

function numberIn(value: ExactJson | undefined): NumberText | undefined {
  if (value instanceof NumberText) {
    return value;
  }
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && Number.isFinite(Number(text)) ? new NumberText(text) : undefined;
}

/** The metadata that the columns stand for. */
export function metadataOfColumns(row: AnalyticsRow): Tag[] {
  return [
    ...asMetadata(TRACE_METADATA.session, row.session_id),
    ...asMetadata(TRACE_METADATA.tokenUsage, usageText(row)),
    ...asMetadata(TRACE_METADATA.cost, costText(row)),
  ];
}

/** Token usage as the text that MLflow has for it; undefined where there is none. */
export function usageText(usage: AnalyticsRow): string | undefined {
  const known = TOKEN_KEYS.map((key) => [key, usage[key]] as const).filter(([, count]) => isSet(count));
  return known.length > 0 ? pythonJson(Object.fromEntries(known)) : undefined;
}

/** Cost as the text that MLflow has for it; undefined where there is none. */
export function costText(cost: AnalyticsRow): string | undefined {
  const known = COST_KEYS.flatMap((key) => {
    const dollars = cost[key];
    return isSet(dollars) ? [[key, new NumberText(pythonFloat(dollars))] as const] : [];
  });
  return known.length > 0 ? pythonJson(Object.fromEntries(known)) : undefined;
}

function asMetadata(key: string, value: string | null | undefined): Tag[] {
  return isSet(value) ? [{ key, value }] : [];
}
