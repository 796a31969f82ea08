import { invalidParameter } from '../../base/errors.js';
import { SEARCH_LIMITS } from '../limits.js';
import { isWordCharacter } from './characters.js';
import { assemble, type Instruction } from './program.js';
import { type Assertion, parseRegexp } from './syntax.js';

/** Whether a pattern occurs in a text. */
export type TextTest = (text: string) => boolean;

/**
 * Compiles an RLIKE pattern to a test for "occurs somewhere in the text".
 *
 * JavaScript's own engine backtracks: `(a+)+$` on 40 letters would hold up the server for hours. This one
 * follows all possibilities at once, so a test takes at most (length of the text) x (size of the program)
 * steps, and {@link SEARCH_LIMITS} bounds both.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function compileRegexp(pattern: string): TextTest {
  if (pattern.length > SEARCH_LIMITS.regexpLength) {
    throw invalidParameter(`An RLIKE pattern is longer than ${SEARCH_LIMITS.regexpLength} characters.`);
  }
  const matcher = new Matcher(assemble(parseRegexp(pattern)));
  return (text) => text.length <= SEARCH_LIMITS.regexpText && matcher.occursIn(text);
}

/**
 * The function behind SQL's `value REGEXP pattern`, which SQLite calls as `regexp(pattern, value)`: a store
 * registers it on its connection, as deterministic. Keeps the last patterns compiled.
 * @returns 1, 0, or null where one side is null
 */
export function createSqlRegexp(): (pattern: unknown, value: unknown) => 0 | 1 | null {
  const compiled = new Map<string, TextTest>();
  return (pattern, value) => {
    if (typeof pattern !== 'string' || typeof value !== 'string') {
      return null;
    }
    let test = compiled.get(pattern);
    if (test === undefined) {
      test = compileRegexp(pattern);
      if (compiled.size >= 20) {
        compiled.clear();
      }
      compiled.set(pattern, test);
    }
    return test(value) ? 1 : 0;
  };
}

class Matcher {
  /** For each instruction, the step at which it was last reached: each is followed once a step. */
  private readonly seenAt: Float64Array;
  private step = 0;

  constructor(private readonly program: readonly Instruction[]) {
    this.seenAt = new Float64Array(program.length);
  }

  occursIn(text: string): boolean {
    let before = -1;
    let waiting: number[] = [];
    for (let at = 0; at <= text.length;) {
      const code = text.codePointAt(at) ?? -1;
      this.step += 1;
      const reached: number[] = [];
      // A match may begin here too, hence the 0.
      if (this.reach([...waiting, 0], before, code, reached)) {
        return true;
      }
      waiting = this.advance(reached, code);
      before = code;
      at += code > 0xffff ? 2 : 1;
    }
    return false;
  }

  /**
   * Follows splits and assertions from the places `pending` without taking a character; what waits for one is
   * added to `reached`. Returns whether the end of the program was reached.
   */
  private reach(pending: number[], before: number, code: number, reached: number[]): boolean {
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      const instruction = this.program[place];
      if (instruction === undefined || this.seenAt[place] === this.step) {
        continue;
      }
      this.seenAt[place] = this.step;
      switch (instruction.op) {
        case 'match':
          return true;
        case 'split':
          pending.push(...instruction.to);
          break;
        case 'assert':
          if (holds(instruction.assertion, before, code)) {
            pending.push(place + 1);
          }
          break;
        case 'character':
          reached.push(place);
          break;
      }
    }
    return false;
  }

  private advance(reached: readonly number[], code: number): number[] {
    return reached.flatMap((place) => {
      const instruction = this.program[place];
      return code >= 0 && instruction?.op === 'character' && instruction.test(code) ? [place + 1] : [];
    });
  }
}

/** `before` and `code` are the characters on both sides, -1 where there is none. */
function holds(assertion: Assertion, before: number, code: number): boolean {
  switch (assertion) {
    case 'start':
      return before < 0;
    case 'end':
      return code < 0;
    case 'wordBoundary':
      return isWordCharacter(before) !== isWordCharacter(code);
    case 'notWordBoundary':
      return isWordCharacter(before) === isWordCharacter(code);
  }
}
