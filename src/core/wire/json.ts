import { toInt64 } from '../domain/int64.js';

/**
 * JSON as MLflow's API uses it: 64-bit integers are JSON numbers, which may be too large for a JavaScript
 * number. They are read as `bigint` and written as digits.
 */

/** From ECMAScript's "JSON.parse source text access", in Node.js since 21; not yet in TypeScript's library. */
interface SourceTextJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}
const sourceTextJson = JSON as unknown as SourceTextJson;

/** Sixteen digits of an integer; those of a fraction, which most floating-point numbers have, do not count. */
const LONG_DIGITS = /(?<![\d.])\d{16}/;
const INTEGER = /^-?\d+$/;
/** No double has more digits before its point. Longer ones are infinite, and turning them into a bigint takes long. */
const MOST_DIGITS = 310;

/**
 * The value of a JSON text. Integers beyond 2^53 become bigints. The bare words NaN, Infinity and -Infinity,
 * which Python's `json` writes, are read as the strings that protobuf has for them.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return parseExactly(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) {
      throw error;
    }
    return parseExactly(quoteBareNumbers(text));
  }
}

function parseExactly(text: string): unknown {
  // The reviver is called for every value and makes parsing several times slower, so it has to be needed.
  return LONG_DIGITS.test(text) ? sourceTextJson.parse(text, reviveLongInteger) : JSON.parse(text);
}

function reviveLongInteger(_key: string, value: unknown, context: { source?: string }): unknown {
  const source = context.source;
  if (
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    source !== undefined &&
    source.length <= MOST_DIGITS &&
    INTEGER.test(source)
  ) {
    return toInt64(BigInt(source));
  }
  return value;
}

/** Strings are matched first and left as they are. */
function quoteBareNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

/** `value` as JSON text; a bigint is written as its digits. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? sourceTextJson.rawJSON(item.toString()) : item,
  );
}
