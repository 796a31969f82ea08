import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SEARCH_LIMITS } from '../../../src/core/search/limits.js';
import { compileRegexp, createSqlRegexp } from '../../../src/core/search/regexp/regexp.js';
import { outcome } from './support.js';

/** Patterns on which this engine and JavaScript's agree by their syntax. */
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      'é',
      '🚀',
      '.',
      '\\d',
      '\\W',
      '\\s',
      '[ab]',
      '[^a]',
      '[a-c\\d]',
      '[\\]-]',
      '\\.',
      '\\n',
      '',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B'),
    fc.tuple(tie('node'), tie('node')).map((parts) => parts.join('')),
    fc.tuple(tie('node'), tie('node')).map((parts) => parts.join('|')),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '{1,2}?'))
      .map(([node, times]) => `(?:${node})${times}`),
    tie('node').map((node) => `(${node})`),
  ),
})).node;
const subject = fc
  .array(fc.constantFrom('a', 'b', 'c', 'é', '🚀', '1', ' ', '\n', '.', ']', '-'))
  .map((all) => all.join(''));

describe('compileRegexp', () => {
  it('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, subject, (source, text) => {
        // JavaScript's \s and \W know more than ASCII; the subjects have no such space. V8 finds \B between the two
        // halves of a surrogate pair, which are one character.
        fc.pre(!(source.includes('\\B') && text.includes('🚀')));
        expect(compileRegexp(source)(text)).toBe(new RegExp(source, 'u').test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['(?i)straße', 'STRAßE', true],
    ['(?i)[a-c]x', 'Bx', true],
    ['straße', 'STRAßE', false],
    ['^v\\d+\\.\\d+$', 'v1.12', true],
    ['^v\\d+\\.\\d+$', 'v1.12-rc', false],
    ['a{3}', 'aa', false],
    ['x{', 'x{', true],
    ['', 'anything', true],
    ['[]a]', ']', true],
    ['\\B', 'a🚀a', false],
  ])('%s in %s: %s', (source, text, expected) => {
    expect(compileRegexp(source)(text)).toBe(expected);
  });

  it.each([
    '(',
    ')',
    '[',
    'a**',
    '*',
    '(?=a)',
    '(?<name>a)',
    '(a)\\1',
    '\\p{L}',
    '[b-a]',
    '[\\d-z]',
    'a{2,1}',
    '\\',
    '^*',
  ])('refuses %s', (source) => {
    expect(outcome(() => compileRegexp(source))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
  });

  it.each(['(a+)+$', '^(a|a)*$', '(a*)*b', '(.*a){12}$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    'ends in time on %s, which brings down an engine that backtracks',
    (source) => {
      const text = `${'a'.repeat(SEARCH_LIMITS.regexpText - 1)}!`;
      expect(compileRegexp(source)(text)).toBe(false);
    },
  );

  it('is bounded in its pattern, its program and its text', () => {
    const refused = { error: 'INVALID_PARAMETER_VALUE' };
    expect(outcome(() => compileRegexp('a'.repeat(SEARCH_LIMITS.regexpLength + 1)))).toEqual(refused);
    expect(outcome(() => compileRegexp('((a{99}){99}){99}'))).toEqual(refused);
    expect(compileRegexp('(((){9999}){9999}){9999}')('')).toBe(true);
    expect(compileRegexp('a')('a'.repeat(SEARCH_LIMITS.regexpText + 1))).toBe(false);
  });
});

describe('createSqlRegexp', () => {
  it('answers as SQL does', () => {
    const regexp = createSqlRegexp();
    expect(regexp('^a', 'abc')).toBe(1);
    expect(regexp('^b', 'abc')).toBe(0);
    expect(regexp('^a', null)).toBeNull();
    expect(regexp(null, 'a')).toBeNull();
    for (let index = 0; index < 50; index += 1) {
      expect(regexp(`^${index}$`, String(index))).toBe(1);
    }
  });
});
