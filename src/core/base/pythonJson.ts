/**
 * JSON as Python's `json` reads and writes it. MLflow keeps values of spans, assessments and datasets as such
 * texts, compares and hashes them as texts, and tells 1 from 1.0, which JavaScript's numbers cannot.
 */

/** A number by its text, so that nothing of it is lost: `1`, `1.0`, `12345678901234567890`, `NaN`. */
export class NumberText {
  /** @param text as JSON or Python's `json` writes a number */
  constructor(readonly text: string) {}

  get isInteger(): boolean {
    return INTEGER.test(this.text);
  }

  /** As JavaScript has it: exact only where it is a double. */
  get value(): number {
    return Number(this.text);
  }
}

/** The value of a JSON text with its numbers as {@link NumberText}s. */
export type ExactJson = null | boolean | string | NumberText | readonly ExactJson[] | ExactJsonObject;

export interface ExactJsonObject {
  readonly [key: string]: ExactJson;
}

export function isJsonObject(json: ExactJson | undefined): json is ExactJsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof NumberText);
}

/** From ECMAScript's "JSON.parse source text access", in Node.js since 21; not yet in TypeScript's library. */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const sourceTextJson = JSON as unknown as { parse(text: string, reviver: Reviver): unknown };

const INTEGER = /^-?\d+$/;

/** Python writes these words for what JSON has no numbers for; here numbers that no one writes stand in for them. */
const STAND_INS: Readonly<Record<string, string>> = {
  NaN: '1e987651',
  Infinity: '1e987652',
  '-Infinity': '-1e987652',
};
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(STAND_INS).map(([word, text]) => [text, word]),
);

/**
 * Reads a JSON text as Python's `json.loads` does.
 * @throws SyntaxError where the text is not JSON
 */
export function parsePythonJson(text: string): ExactJson {
  try {
    return parseExactly(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) {
      throw error;
    }
    return parseExactly(
      text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity\b|\bNaN\b/g, (token) => STAND_INS[token] ?? token),
    );
  }
}

function parseExactly(text: string): ExactJson {
  return sourceTextJson.parse(text, (_key, value, { source = '' }) =>
    typeof value === 'number' ? new NumberText(WORDS.get(source) ?? source) : value,
  ) as ExactJson;
}

/** The value of a JSON text; undefined where it is none. */
export function tryParsePythonJson(text: string): ExactJson | undefined {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}

/** The object of a JSON text; undefined where it is something else or no JSON. */
export function tryParseJsonObject(text: string | undefined): ExactJsonObject | undefined {
  const json = text === undefined ? undefined : tryParsePythonJson(text);
  return isJsonObject(json) ? json : undefined;
}

interface PythonJsonOptions {
  /** Whether everything but ASCII is escaped, as Python does unless it is told not to. */
  readonly ascii?: boolean;
  readonly sortKeys?: boolean;
}

/**
 * Writes a value as Python's `json.dumps` does. Integers of JavaScript are integers, other numbers floats; what
 * is undefined in an object is left out.
 */
export function pythonJson(value: unknown, options: PythonJsonOptions = {}): string {
  if (typeof value === 'string') {
    return quoted(value, options);
  }
  if (value instanceof NumberText || typeof value === 'number') {
    return numberText(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => pythonJson(item, options)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return objectText(value, options);
  }
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : 'null';
}

function objectText(value: object, options: PythonJsonOptions): string {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (options.sortKeys) {
    entries.sort(([a], [b]) => compareCodePoints(a, b));
  }
  return `{${entries.map(([key, item]) => `${quoted(key, options)}: ${pythonJson(item, options)}`).join(', ')}}`;
}

/** Python sorts by code points, JavaScript by UTF-16 units: they differ beyond the basic plane. */
function compareCodePoints(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  for (const [index, character] of first.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (second[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) {
      return difference;
    }
  }
  return first.length - second.length;
}

function quoted(text: string, { ascii }: PythonJsonOptions): string {
  const json = JSON.stringify(text);
  return ascii
    ? json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
}

function numberText(value: NumberText | number): string {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? String(BigInt(value)) : pythonFloat(value);
  }
  // JSON writes an integer in one way only, but for zero.
  return value.isInteger ? value.text.replace(/^-0$/, '0') : pythonFloat(value.value);
}

/** A float as Python's `repr` writes it. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) {
    return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  return `${sign}${digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')}.${digits.slice(exponent + 1) || '0'}`;
}
