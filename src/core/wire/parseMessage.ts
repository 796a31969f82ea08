import { type Int64, toInt64 } from '../domain/int64.js';
import type { Field, Message, MessageType } from './messageTypes.js';
import { durationFromJson, timestampFromJson } from './times.js';

/**
 * Reads JSON as protobuf's `ParseDict(ignore_unknown_fields=True)` does: field names in snake_case or
 * camelCase, null for "not sent", integers and doubles also as strings. Like there, reading stops at the first
 * value that does not fit, and what was read until then stands.
 */
export interface ParsedMessage<M extends MessageType> {
  readonly message: Message<M>;
  /** Why reading stopped early; absent when everything fitted. */
  readonly problem?: string;
}

type Loose = Record<string, unknown>;

class ParseProblem extends Error {}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

export function parseMessage<M extends MessageType>(type: M, json: unknown): ParsedMessage<M> {
  const message = emptyMessage(type);
  try {
    readFields(type, json, message);
    return { message: message as Message<M> };
  } catch (error) {
    if (error instanceof ParseProblem) {
      return { message: message as Message<M>, problem: error.message };
    }
    throw error;
  }
}

/** The name that protobuf gives a field in JSON: `run_id` is `runId`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A message of which nothing was sent. */
export function empty<M extends MessageType>(type: M): Message<M> {
  return emptyMessage(type) as Message<M>;
}

function emptyMessage(type: MessageType): Loose {
  const { fields, repeated } = shapeOf(type);
  const message = { ...fields };
  for (const name of repeated) {
    message[name] = [];
  }
  return message;
}

function readFields(type: MessageType, json: unknown, message: Loose): void {
  if (!isObject(json)) {
    throw new ParseProblem('not an object');
  }
  const { names } = shapeOf(type);
  for (const jsonName of Object.keys(json)) {
    const value = json[jsonName];
    const name = names.get(jsonName);
    const field = name === undefined ? undefined : type[name];
    if (name === undefined || field === undefined) {
      continue;
    }
    if (field.kind === 'value') {
      message[name] = value;
    } else if (value === null || value === undefined) {
      message[name] = field.repeated ? [] : undefined;
    } else if (field.repeated) {
      readList(field, name, value, message);
    } else if (field.message) {
      const inner = emptyMessage(field.message);
      message[name] = inner;
      readFields(field.message, value, inner);
    } else {
      message[name] = scalar(field, value);
    }
  }
}

function readList(field: Field, name: string, value: unknown, message: Loose): void {
  const items: unknown[] = [];
  message[name] = items;
  if (!Array.isArray(value)) {
    throw new ParseProblem(`${name} must be a list`);
  }
  for (const item of value as unknown[]) {
    if (item === null) {
      throw new ParseProblem(`${name} must not hold null`);
    }
    if (field.message) {
      const inner = emptyMessage(field.message);
      items.push(inner);
      readFields(field.message, item, inner);
    } else {
      items.push(scalar(field, item));
    }
  }
}

/** What follows from a message's type alone: a batch holds a thousand messages of one type. */
interface Shape {
  /** Both spellings of every field, to its name in snake_case. */
  readonly names: ReadonlyMap<string, string>;
  /** Every field as one that was not sent. */
  readonly fields: Loose;
  readonly repeated: readonly string[];
}

const shapes = new WeakMap<MessageType, Shape>();

function shapeOf(type: MessageType): Shape {
  const known = shapes.get(type);
  if (known) {
    return known;
  }
  const names = Object.keys(type);
  const shape = {
    names: new Map(names.flatMap((name) => [[name, name] as const, [camelCase(name), name] as const])),
    fields: Object.fromEntries(names.map((name) => [name, undefined])),
    repeated: names.filter((name) => type[name]?.repeated),
  };
  shapes.set(type, shape);
  return shape;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalar(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'string':
      return text(value);
    case 'bool':
      return truth(value);
    case 'double':
      return toDouble(value);
    case 'int64':
      return integer(value, INT64_MIN, INT64_MAX);
    case 'int32':
      return integer(value, -(2n ** 31n), 2n ** 31n - 1n);
    case 'enum':
      return enumName(field, value);
    case 'timestamp':
      return fitting(timestampFromJson(value), 'not a time');
    case 'duration':
      return fitting(durationFromJson(value), 'not a duration');
    case 'map':
      return stringMap(value);
    case 'value':
      return value;
    case 'message':
      throw new ParseProblem('not a scalar');
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string' || !isWellFormed(value)) {
    throw new ParseProblem('not a string');
  }
  return value;
}

function fitting<T>(value: T | undefined, problem: string): T {
  if (value === undefined) {
    throw new ParseProblem(problem);
  }
  return value;
}

function stringMap(value: unknown): Record<string, string> {
  if (!isObject(value)) {
    throw new ParseProblem('not an object');
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, text(item)]));
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw new ParseProblem('not true or false');
  }
  return value;
}

/** Each character can be read in one way only, so that a long text is refused as fast as it is read. */
const DECIMAL = /^[+-]?(\d[\d_]*(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** Room for the digits of any double. What is longer is no number that a client means. */
const MOST_DIGITS = 400;

/** A double, also from a string; `"NaN"`, `"Infinity"` and `"-Infinity"` stand for themselves. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return Number(value);
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  const trimmed = typeof value === 'string' ? value.trim() : '';
  const special = /^([+-]?)(nan|inf|infinity)$/i.exec(trimmed);
  if (special) {
    const magnitude = special[2]?.toLowerCase() === 'nan' ? NaN : Infinity;
    return special[1] === '-' ? -magnitude : magnitude;
  }
  if (trimmed.length > MOST_DIGITS || !DECIMAL.test(trimmed)) {
    throw new ParseProblem('not a number');
  }
  return Number(trimmed.replaceAll('_', ''));
}

/** Whether every surrogate has its other half. In Node.js and browsers since 2023; not yet in TypeScript's library. */
function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

function integer(value: unknown, min: bigint, max: bigint): Int64 {
  const whole = wholeNumber(value);
  if (whole === undefined || whole < min || whole > max) {
    throw new ParseProblem('not an integer');
  }
  return whole;
}

/** The integer that a number, bigint or string says; undefined where it says none. */
export function wholeNumber(value: unknown): Int64 | undefined {
  if (typeof value === 'bigint') {
    return toInt64(value);
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? value : Number.isInteger(value) ? BigInt(value) : undefined;
  }
  if (typeof value !== 'string' || value.length > MOST_DIGITS || value.includes(' ')) {
    return undefined;
  }
  if (/^[+-]?\d+$/.test(value)) {
    return toInt64(BigInt(value.replace(/^\+/, '')));
  }
  return DECIMAL.test(value) ? wholeNumber(Number(value)) : undefined;
}

/** A value's name. A name that does not exist counts as not sent, a number that does not exist is a problem. */
function enumName(field: Field, value: unknown): string | undefined {
  const names = [...(field.names ?? [])];
  if (typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value)) {
    return names.find(([, name]) => name === value)?.[1];
  }
  // An object may say by itself what it is as a number.
  const given = typeof value === 'object' ? NaN : Number(value);
  const found = names.find(([number]) => number === given);
  if (found === undefined) {
    throw new ParseProblem('not a value of the enumeration');
  }
  return found[1];
}
