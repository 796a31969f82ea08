import { type ExactJson, isJsonObject, NumberText, pythonFloat, pythonJson } from '../base/pythonJson.js';
import { tryParsePythonJson } from '../base/pythonJson.js';
import { toInt64 } from '../domain/int64.js';
import type { SpanAttribute } from '../domain/trace.js';
import { wholeNumber, isObject, toDouble } from './parseMessage.js';
import { doubleToJson, type JsonObject } from './readJson.js';

/*
 * OpenTelemetry's `AnyValue` in JSON <-> the JSON text that MLflow keeps of it. MLflow's API writes the names of
 * its fields as `string_value`, OpenTelemetry's as `stringValue`.
 */

/** Of messages within each other; protobuf's own limit. */
const NESTING = 100;

export function attributesToJson(attributes: readonly SpanAttribute[]): JsonObject[] {
  return attributes.map(({ key, value }) => keyValueToJson(key, tryParsePythonJson(value)));
}

/** A key with nothing has no value at all. A text that is no JSON counts as nothing. */
function keyValueToJson(key: string, value: ExactJson | undefined): JsonObject {
  return value === null || value === undefined ? { key } : { key, value: anyValueToJson(value) };
}

function anyValueToJson(value: ExactJson): JsonObject {
  if (value === null) {
    return {};
  }
  if (typeof value === 'string') {
    return { string_value: value };
  }
  if (typeof value === 'boolean') {
    return { bool_value: value };
  }
  if (value instanceof NumberText) {
    return numberToJson(value);
  }
  return isJsonObject(value)
    ? {
        kvlist_value: listOf(Object.entries(value).map(([key, item]) => keyValueToJson(key, item))),
      }
    : { array_value: listOf(value.map(anyValueToJson)) };
}

/** Protobuf writes no empty list. */
function listOf(values: readonly unknown[]): JsonObject {
  return values.length > 0 ? { values } : {};
}

function numberToJson(number: NumberText): JsonObject {
  const whole = number.isInteger ? BigInt(number.text) : undefined;
  return whole !== undefined && whole >= -(2n ** 63n) && whole < 2n ** 63n
    ? { int_value: toInt64(whole) }
    : { double_value: doubleToJson(number.value) };
}

/**
 * The attributes of a list in JSON; of two with one name the last counts.
 * @throws TypeError where it is not such a list
 */
export function attributesFromJson(json: unknown): SpanAttribute[] {
  const attributes = new Map(
    listFrom(json).map((item) => [textIn(item, 'key'), anyValueText(field(item, 'value'), 0)]),
  );
  return [...attributes].map(([key, value]) => ({ key, value }));
}

function anyValueText(json: unknown, depth: number): string {
  if (depth > NESTING) {
    throw new TypeError('nested too deep');
  }
  const names = [
    'stringValue',
    'boolValue',
    'intValue',
    'doubleValue',
    'arrayValue',
    'kvlistValue',
    'bytesValue',
  ];
  const name = names.find((each) => field(json, each) !== undefined);
  const value = name === undefined ? undefined : field(json, name);
  switch (name) {
    case 'arrayValue':
      return `[${listFrom(field(value, 'values'))
        .map((item) => anyValueText(item, depth + 1))
        .join(', ')}]`;
    case 'kvlistValue': {
      const entries = listFrom(field(value, 'values')).map(
        (item) => [textIn(item, 'key'), anyValueText(field(item, 'value'), depth + 1)] as const,
      );
      return `{${[...new Map(entries)].map(([key, text]) => `${pythonJson(key)}: ${text}`).join(', ')}}`;
    }
    case 'intValue':
      return pythonJson(wholeNumber(value) ?? null);
    case 'doubleValue':
      return pythonFloat(toDouble(value));
    default:
      return pythonJson(value ?? null);
  }
}

/** A member by its name in JSON, or as MLflow writes it. */
export function field(json: unknown, name: string): unknown {
  if (!isObject(json)) {
    return undefined;
  }
  return json[name] ?? json[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

export function textIn(json: unknown, name: string): string {
  const value = field(json, name);
  return typeof value === 'string' ? value : '';
}

/** @throws TypeError where it is something else */
export function listFrom(json: unknown): readonly unknown[] {
  if (json === undefined || json === null) {
    return [];
  }
  if (!Array.isArray(json)) {
    throw new TypeError('not a list');
  }
  return json as unknown[];
}
