import { describe, expect, it } from 'vitest';
import { readEnvFileVariable } from '../../../src/core/tracking/envFile.js';

describe('readEnvFileVariable', () => {
  it.each([
    ['X=http://a', 'http://a'],
    ['export X = http://a  ', 'http://a'],
    ['X="http://a#b" # team', 'http://a#b'],
    ["X='http://a'", 'http://a'],
    ['X=http://a#b # team', 'http://a#b'],
    ['\uFEFFX=1', '1'],
    ['X=1\r\nX=2\r\n', '2'],
    ['X=', ''],
    ['X=#nothing', ''],
  ])('reads %j', (text, value) => {
    expect(readEnvFileVariable(text, 'X')).toBe(value);
  });

  it.each(['# X=1', 'XY=1', 'Y=X=1', ''])('finds nothing in %j', (text) => {
    expect(readEnvFileVariable(text, 'X')).toBeUndefined();
  });
});
