import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberText, parsePythonJson, pythonFloat, pythonJson } from '../../../src/core/base/pythonJson.js';

describe('JSON as Python has it', () => {
  // Written by json.dumps(json.loads(…), ensure_ascii=False).
  it.each([
    ['{"a":1,"b":[true,null,"x"]}', '{"a": 1, "b": [true, null, "x"]}'],
    ['[1.0, 1, -0, -0.0, 1e5, 1E400, 1.50]', '[1.0, 1, 0, -0.0, 100000.0, Infinity, 1.5]'],
    ['12345678901234567890', '12345678901234567890'],
    ['[NaN, -Infinity, "NaN"]', '[NaN, -Infinity, "NaN"]'],
    ['"\\u00e4\\n\\u0001\\u007f"', '"ä\\n\\u0001\u007f"'],
    ['{}', '{}'],
    ['[]', '[]'],
  ])('%s becomes %s', (text, expected) => {
    expect(pythonJson(parsePythonJson(text))).toBe(expected);
  });

  // Written by repr(…).
  it.each([
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1e15, '1000000000000000.0'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-2.5e-7, '-2.5e-07'],
    [0, '0.0'],
    [-0, '-0.0'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
    [100, '100.0'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('writes the float %d as %s', (value, expected) => {
    expect(pythonFloat(value)).toBe(expected);
  });

  it('escapes other than ASCII and sorts keys when asked to', () => {
    expect(pythonJson({ b: 'ä', a: '😀' }, { ascii: true })).toBe('{"b": "\\u00e4", "a": "\\ud83d\\ude00"}');
    // Python sorts by code points: U+FFFD before U+1F600, whose first UTF-16 unit is smaller.
    expect(pythonJson({ '😀': 1, '\ufffd': 2, a: 3 }, { sortKeys: true })).toBe(
      '{"a": 3, "\ufffd": 2, "😀": 1}',
    );
  });

  it('tells integers from floats', () => {
    expect([new NumberText('1').isInteger, new NumberText('1.0').isInteger]).toEqual([true, false]);
  });

  it('reads again what it has written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = pythonJson(value);
        expect(pythonJson(parsePythonJson(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is a float what was one, to the last digit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(pythonFloat(value))).toBe(value);
        expect(pythonFloat(value)).toMatch(/[.e]/);
      }),
    );
  });

  it('refuses what is no JSON', () => {
    for (const text of ['', '{', 'nan', "{'a': 1}", '[1,]']) {
      expect(() => parsePythonJson(text), text).toThrow(SyntaxError);
    }
  });
});
