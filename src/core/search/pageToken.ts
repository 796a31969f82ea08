import { invalidParameter, MlflowError } from '../base/errors.js';
import type { SqlValue } from './sql.js';

/** What a token belongs to: everything that decides which rows come in which order, as JSON can say it. */
export type TokenScope = readonly unknown[];

/**
 * A page token: base64 of JSON with the sort keys of the last row of a page and a hash of the search. It is
 * no secret and no proof; it is checked so that a token of another search is an error and not a wrong page.
 */
export function encodePageToken(scope: TokenScope, lastValues: readonly SqlValue[]): string {
  const text = JSON.stringify({ search: hashScope(scope), after: lastValues.map(writeValue) });
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/**
 * The sort keys in a token.
 * @param keyCount how many the search has
 * @throws MlflowError INVALID_PARAMETER_VALUE for what is no token, or one of another search
 */
export function decodePageToken(token: string, scope: TokenScope, keyCount: number): SqlValue[] {
  const content = readToken(token);
  if (!isTokenContent(content)) {
    throw invalidParameter('Invalid page token: it was not made by this server.');
  }
  if (content.search !== hashScope(scope)) {
    throw invalidParameter('Invalid page token: it belongs to a search with another filter, order or scope.');
  }
  const values = content.after.map(readValue);
  if (values.length !== keyCount) {
    throw invalidParameter('Invalid page token: it does not fit the order of the search.');
  }
  return values;
}

interface TokenContent {
  readonly search: string;
  readonly after: readonly unknown[];
}

function readToken(token: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(token), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new MlflowError('INVALID_PARAMETER_VALUE', 'Invalid page token, could not base64-decode', {
      cause: error,
    });
  }
}

function isTokenContent(content: unknown): content is TokenContent {
  return (
    typeof content === 'object' &&
    content !== null &&
    'search' in content &&
    'after' in content &&
    Array.isArray(content.after)
  );
}

/** JSON has no integers past 2^53 and no infinities, so a value is a letter for its type and its text. */
function writeValue(value: SqlValue): string | null {
  switch (typeof value) {
    case 'bigint':
      return `i${value}`;
    case 'number':
      return `n${value}`;
    case 'string':
      return `s${value}`;
    default:
      return null;
  }
}

function readValue(written: unknown): SqlValue {
  if (written === null) {
    return null;
  }
  if (typeof written === 'string') {
    const text = written.slice(1);
    if (written.startsWith('s')) {
      return text;
    }
    if (/^i-?\d{1,19}$/.test(written)) {
      return BigInt(text);
    }
    if (/^n-?(?:Infinity|\d[\d.e+-]*)$/.test(written) && !Number.isNaN(Number(text))) {
      return Number(text);
    }
  }
  throw invalidParameter('Invalid page token: a value in it cannot be read.');
}

/** FNV-1a over the UTF-16 units, twice with different seeds: 64 bits, enough to tell searches apart. */
function hashScope(scope: TokenScope): string {
  const text = JSON.stringify(scope);
  return [0x811c9dc5, 0x2f0b4f27].map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('');
}

function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
