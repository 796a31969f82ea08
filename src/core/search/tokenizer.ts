import { invalidParameter } from '../base/errors.js';
import { SEARCH_LIMITS } from './limits.js';

export type TokenKind = 'identifier' | 'string' | 'number' | 'operator' | 'open' | 'close' | 'comma' | 'end';

/** A piece of a filter. `text` is as written, quotes included; `at` is its offset. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

/**
 * The pieces of an identifier: a word, or anything in one of the three quotes. Quotes inside quotes are
 * doubled or (not in backticks) escaped; the marks stay in the text, as in MLflow.
 */
const WORD = '[\\p{L}\\p{N}_]+';
const SINGLE = String.raw`'(?:''|\\'|[^'])*'`;
const DOUBLE = String.raw`"(?:""|\\"|[^"])*"`;
const BACKTICK = '`(?:``|[^`])*`';
const FIRST_PART = `(?:${WORD}|${DOUBLE}|${BACKTICK})`;
const NEXT_PART = `(?:${WORD}|${DOUBLE}|${BACKTICK}|${SINGLE})`;

const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy],
  ['identifier', new RegExp(`${FIRST_PART}(?:\\.${NEXT_PART})*`, 'uy')],
  ['string', new RegExp(SINGLE, 'uy')],
  ['operator', /[<>=~!]+/uy],
  ['open', /\(/uy],
  ['close', /\)/uy],
  ['comma', /,/uy],
];

const WHITESPACE = /\s*/uy;

/**
 * Cuts a filter or an order_by clause into tokens; the last one is `end`. A dotted name is one token, and so
 * is a string in double quotes an identifier: only its place tells it from a quoted key.
 * @throws MlflowError INVALID_PARAMETER_VALUE where no token begins
 */
export function tokenize(text: string): Token[] {
  if (text.length > SEARCH_LIMITS.filterLength) {
    throw invalidParameter(`The filter is longer than ${SEARCH_LIMITS.filterLength} characters.`);
  }
  // A NUL ends a text for SQLite's LIKE and not for its "=": nothing good can come of one.
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw invalidParameter(`Invalid filter: a NUL character at position ${nul}.`);
  }
  const tokens: Token[] = [];
  let at = skipWhitespace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipWhitespace(text, at + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function skipWhitespace(text: string, at: number): number {
  WHITESPACE.lastIndex = at;
  return at + (WHITESPACE.exec(text)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(text);
    if (match) {
      return { kind, text: match[0], at };
    }
  }
  const rest = text.slice(at, at + 20);
  const hint = /^['"`]/.test(rest) ? 'a quote that is not closed' : 'not part of the search grammar';
  throw invalidParameter(`Invalid clause(s) in filter string: '${rest}' at position ${at}: ${hint}.`);
}

/** Whether `token` is this word of the grammar, in any case. */
export function isWord(token: Token, word: string): boolean {
  return token.kind === 'identifier' && token.text.toUpperCase() === word;
}
