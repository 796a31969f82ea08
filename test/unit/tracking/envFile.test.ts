import { describe, expect, it } from 'vitest';
import { assignmentsOf } from '../../../src/core/tracking/envFile.js';

describe('assignmentsOf', () => {
  it.each([
    ['X=http://a', 'http://a'],
    ['export X = http://a  ', 'http://a'],
    ['X="http://a#b" # team', 'http://a#b'],
    ["X='http://a'", 'http://a'],
    ['X=http://a#b # team', 'http://a#b'],
    ['\uFEFFX=1', '1'],
    ['X=1\r\nX=2\r\n', '2'],
    ['X=1\rX=2', '2'],
    ['X=', ''],
    ['X=#nothing', ''],
  ])('reads %j', (text, value) => {
    expect(assignmentsOf('X', text).at(-1)?.value).toBe(value);
  });

  it.each(['# X=1', 'XY=1', 'Y=X=1', ''])('finds nothing in %j', (text) => {
    expect(assignmentsOf('X', text)).toEqual([]);
  });

  it('says where each one stands, and what stands above it', () => {
    const text = '\uFEFF# first\r\nX=1\r\n\r\n X=2';
    const [first, second] = assignmentsOf('X', text);
    expect(first?.above?.text).toBe('# first');
    expect(text.slice(first?.above?.start, first?.end)).toBe('# first\r\nX=1');
    expect(second?.above?.text).toBe('');
    expect(text.slice(second?.start, second?.end)).toBe(' X=2');
  });
});
