import { describe, expect, it } from 'vitest';
import { challengeOf, newChallenge, PROOF_PATH, proofOf } from '../../../src/core/servers/addressProof.js';
import { getAlong, type Protocol } from '../../../src/core/wire/protocol.js';

const at = (version: number, oldest: number): Protocol => ({ version, oldest });

describe('two versions of the protocol', () => {
  it.each([
    [at(1, 1), at(1, 1), true],
    [at(1, 1), at(3, 1), true],
    [at(1, 1), at(3, 2), false],
    [at(2, 1), at(3, 2), true],
  ])('%j and %j get along: %j', (one, other, expected) => {
    expect(getAlong(one, other)).toBe(expected);
    expect(getAlong(other, one)).toBe(expected);
  });
});

describe('a challenge', () => {
  it('is read from the one path that it comes by', () => {
    const challenge = newChallenge();
    expect(challengeOf(`${PROOF_PATH}?challenge=${challenge}`)).toBe(challenge);
    expect(challengeOf(`/secret${PROOF_PATH}?challenge=${challenge}`)).toBeUndefined();
    expect(challengeOf(`${PROOF_PATH}/?challenge=${challenge}`)).toBeUndefined();
    expect(challengeOf(PROOF_PATH)).toBeUndefined();
    expect(newChallenge()).not.toBe(challenge);
  });

  it('has another answer for each secret, port and challenge', () => {
    const answers = [
      proofOf('secret', 1, 'a'),
      proofOf('secret', 2, 'a'),
      proofOf('secret', 1, 'b'),
      proofOf('other', 1, 'a'),
    ];
    expect(new Set(answers).size).toBe(4);
  });
});
