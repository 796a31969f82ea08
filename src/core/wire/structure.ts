import { invalidParameter } from '../base/errors.js';
import { parseJson } from './json.js';

/*
 * Bounds of what a JSON text may be made of. Most bodies are strings with a little around them; one of nothing
 * but brackets takes fifty times its length in memory, and one that is deep enough ends whoever walks down it.
 */

/** Protobuf's own limit for messages within messages. */
const DEEPEST = 100;
const MOST_VALUES = 2_000_000;
/** Below this length a text cannot hold enough values to matter. */
const SHORT = 1_000_000;

/**
 * The value of a JSON text of a client's.
 * @throws SyntaxError where it is no JSON
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is nested too deep or holds too many values
 */
export function parseBoundedJson(text: string): unknown {
  if (text.length > SHORT && holdsTooManyValues(text)) {
    throw invalidParameter(`The JSON holds more than ${MOST_VALUES} values.`);
  }
  const value = parseJson(text);
  if (text.length > DEEPEST && isDeeperThan(value, DEEPEST)) {
    throw invalidParameter(`The JSON is nested more than ${DEEPEST} deep.`);
  }
  return value;
}

/** Each comma outside of a string is between two values, and each bracket begins one. */
function holdsTooManyValues(text: string): boolean {
  let count = 0;
  for (let at = 0; at < text.length && count <= MOST_VALUES; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === ',' || character === '[' || character === '{') {
      count += 1;
    }
  }
  return count > MOST_VALUES;
}

/** Where the string that begins at `start` is closed. A regular expression would run out of stack in a long one. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}

function isDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return most === 0 || Object.values(value).some((item) => isDeeperThan(item, most - 1));
}
