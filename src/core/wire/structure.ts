import { invalidParameter } from '../base/errors.js';
import { parseJson } from './json.js';

/*
 * Bounds of what a JSON text may be made of. Most bodies are strings with a little around them; one of nothing
 * but brackets takes fifty times its length in memory and seconds to parse, and one that is deep enough ends
 * whoever walks down it.
 */

/** Protobuf's own limit for messages within messages. */
const DEEPEST = 100;
const MOST_VALUES = 2_000_000;
/** A text up to this length is parsed in no time, whatever is in it. */
const SHORT = 100_000;

const TOO_DEEP = `The JSON is nested more than ${DEEPEST} deep.`;
const TOO_MANY = `The JSON holds more than ${MOST_VALUES} values.`;

/**
 * The value of a JSON text of a client's.
 * @throws SyntaxError where it is no JSON
 * @throws MlflowError INVALID_PARAMETER_VALUE where it is nested too deep or holds too many values
 */
export function parseBoundedJson(text: string): unknown {
  if (text.length > SHORT) {
    checkStructure(text);
    return parseJson(text);
  }
  const value = parseJson(text);
  if (text.length > DEEPEST && isDeeperThan(value, DEEPEST)) {
    throw invalidParameter(TOO_DEEP);
  }
  return value;
}

function isDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return most === 0 || Object.values(value).some((item) => isDeeperThan(item, most - 1));
}

const CODES = {
  quote: '"'.charCodeAt(0),
  backslash: '\\'.charCodeAt(0),
  comma: ','.charCodeAt(0),
  openList: '['.charCodeAt(0),
  closeList: ']'.charCodeAt(0),
  openObject: '{'.charCodeAt(0),
  closeObject: '}'.charCodeAt(0),
} as const;

/** Looks at a text before it is parsed. Outside of strings each comma and each bracket begins a value. */
function checkStructure(text: string): void {
  let values = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case CODES.quote:
        at = endOfString(text, at);
        break;
      case CODES.openList:
      case CODES.openObject:
        depth += 1;
        values += 1;
        break;
      case CODES.closeList:
      case CODES.closeObject:
        depth -= 1;
        break;
      case CODES.comma:
        values += 1;
        break;
    }
    if (depth > DEEPEST || values > MOST_VALUES) {
      throw invalidParameter(depth > DEEPEST ? TOO_DEEP : TOO_MANY);
    }
  }
}

/** Where the string that begins at `start` is closed. A regular expression would run out of stack in a long one. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== CODES.quote) {
    at += text.charCodeAt(at) === CODES.backslash ? 2 : 1;
  }
  return at;
}
