import { describe, expect, it } from 'vitest';
import {
  firstCharacters,
  isLongerThan,
  jsonText,
  normalisedPath,
  pythonRepr,
} from '../../../../src/server/sqlite/pythonText.js';

describe('texts as Python sees them', () => {
  it('counts characters, not UTF-16 units', () => {
    expect(isLongerThan('🐟🐟', 2)).toBe(false);
    expect(isLongerThan('🐟🐟', 1)).toBe(true);
    expect(isLongerThan('aé', 1)).toBe(true);
    expect(firstCharacters('🐟a🐟', 2)).toBe('🐟a');
    expect(firstCharacters('ab', 5)).toBe('ab');
  });

  it.each([
    ['', '.'],
    ['.', '.'],
    ['./a', 'a'],
    ['a/', 'a'],
    ['a//b', 'a/b'],
    ['a/../b', 'b'],
    ['a/../..', '..'],
    ['../a', '../a'],
    ['/', '/'],
    ['/..', '/'],
    ['//a', '//a'],
    ['///a', '/a'],
    ['a/./b/..', 'a'],
    ['a b/ü', 'a b/ü'],
  ])('posixpath.normpath(%j)', (path, expected) => {
    expect(normalisedPath(path)).toBe(expected);
  });

  it('writes them as json.dumps and repr do', () => {
    expect(jsonText('é"🐟')).toBe('"\\u00e9\\"\\ud83d\\udc1f"');
    expect(jsonText(2n ** 60n)).toBe('1152921504606846976');
    expect(pythonRepr("it's")).toBe(`"it's"`);
    expect(pythonRepr(`it's "x"`)).toBe(`'it\\'s "x"'`);
    expect(pythonRepr('a\n\\')).toBe("'a\\n\\\\'");
  });
});
