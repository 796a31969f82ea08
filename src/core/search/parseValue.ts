import { invalidParameter } from '../base/errors.js';
import type { Comparator, FilterValue } from './ast.js';
import type { SearchEntity } from './entities.js';
import { SEARCH_LIMITS } from './limits.js';
import { type KnownField, unquoteString } from './parseField.js';
import { compileRegexp } from './regexp/regexp.js';
import type { Token } from './tokenizer.js';

const INT64_MAX = 2n ** 63n - 1n;

/**
 * The value of a comparison with one value, checked against its field.
 * @throws MlflowError INVALID_PARAMETER_VALUE where the field cannot have such a value
 */
export function parseValue(
  token: Token,
  { field, description }: KnownField,
  comparator: Comparator,
  entity: SearchEntity,
): FilterValue {
  const parseText = (): string => {
    const text = textValue(token, field.key, entity);
    checkText(text, field.key, comparator, description.values);
    return text;
  };
  switch (description.type) {
    case 'real':
      return Number(numberText(token, `metric '${field.key}'`));
    case 'integer':
      return parseInteger(token, field.key, entity);
    case 'integerId':
      return parseIntegerId(textValue(token, field.key, entity), field.key);
    case 'version':
      return token.kind === 'number'
        ? parseInteger(token, field.key, entity)
        : parseIntegerId(textValue(token, field.key, entity), field.key);
    case 'judgement':
      return /^[<>]/.test(comparator)
        ? Number(numberText(token, `${field.group} when using comparator '${comparator}'`))
        : parseText();
    case 'text':
      return parseText();
  }
}

/** One string of an IN list, checked against its field. */
export function parseListItem(token: Token, { field, description }: KnownField): string {
  const inner =
    token.kind === 'string' || token.kind === 'identifier' ? unquoteString(token.text) : undefined;
  if (inner === undefined) {
    throw invalidParameter(
      `While parsing a list in the query, expected quoted strings for '${field.key}', found '${token.text}'.`,
    );
  }
  const text = unescapeListItem(inner, token.text[0] ?? "'");
  if (description.type === 'integerId') {
    return String(parseIntegerId(text, field.key));
  }
  checkText(text, field.key, 'IN', description.values);
  return text;
}

/** MLflow reads a list as Python would: backslashes escape, and a doubled quote ends one string and begins another. */
function unescapeListItem(inner: string, quote: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return inner.replace(/\\([\\'"nrt])|(''|"")/g, (match, escaped?: string) => {
    if (escaped !== undefined) {
      return escapes[escaped] ?? escaped;
    }
    return match === quote + quote ? '' : match;
  });
}

function numberText(token: Token, what: string): string {
  if (token.kind !== 'number') {
    throw invalidParameter(`Expected numeric value type for ${what}. Found ${token.text || 'nothing'}`);
  }
  return token.text;
}

/** A time. Runs compare theirs with fractions too; MLflow's experiments refuse them. */
function parseInteger(token: Token, key: string, entity: SearchEntity): number | bigint {
  const text = numberText(token, `numeric attribute: ${key}`);
  const value = Number(text);
  if (!/^-?\d+$/.test(text)) {
    if (entity.integersOnly) {
      throw invalidParameter(`Invalid value for numeric attribute '${key}': '${text}'`);
    }
    return value;
  }
  if (Number.isSafeInteger(value)) {
    return value;
  }
  const exact = BigInt(text);
  if (exact > INT64_MAX || exact < -INT64_MAX) {
    throw invalidParameter(`Invalid value for numeric attribute '${key}': ${text} does not fit 64 bits`);
  }
  return exact;
}

function parseIntegerId(text: string, key: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw invalidParameter(`Invalid ${key} '${text}': a whole number in quotes is expected.`);
  }
  return value;
}

function textValue(token: Token, key: string, entity: SearchEntity): string {
  const isText = token.kind === 'string' || token.kind === 'identifier';
  const text = isText ? unquoteString(token.text) : undefined;
  if (text !== undefined) {
    return text;
  }
  if (entity.bareText && (isText || token.kind === 'number')) {
    return token.text;
  }
  throw invalidParameter(
    `Expected a quoted string value for '${key}' (e.g. 'my-value'). Got value ${token.text || 'nothing'}`,
  );
}

function checkText(
  text: string,
  key: string,
  comparator: Comparator,
  values: readonly string[] | undefined,
): void {
  if (values && !values.includes(text)) {
    throw invalidParameter(`Unknown ${key} '${text}' in filter. Valid values are: ${values.join(', ')}`);
  }
  if (comparator === 'RLIKE') {
    compileRegexp(text);
  }
  const isLike = comparator === 'LIKE' || comparator === 'ILIKE';
  if (isLike && new TextEncoder().encode(text).length > SEARCH_LIMITS.likePatternBytes) {
    throw invalidParameter(`A ${comparator} pattern is longer than ${SEARCH_LIMITS.likePatternBytes} bytes.`);
  }
}
