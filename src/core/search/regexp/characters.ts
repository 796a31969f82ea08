import { invalidParameter } from '../../base/errors.js';

/** Whether a code point is one of a set. */
export type CharacterTest = (code: number) => boolean;

/** A test, and where in the pattern its text ends. `code` is there for a single character. */
interface ParsedCharacter {
  readonly test: CharacterTest;
  readonly end: number;
  readonly code?: number;
}

const isDigit: CharacterTest = (code) => code >= 48 && code <= 57;
const isSpace: CharacterTest = (code) => code === 32 || (code >= 9 && code <= 13);

/** A letter, digit or underscore of ASCII, as `\w` and `\b` see it. */
export const isWordCharacter: CharacterTest = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

const SETS: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  s: isSpace,
  S: (code) => !isSpace(code),
  w: isWordCharacter,
  W: (code) => !isWordCharacter(code),
};
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A test for one character. */
export function oneCharacter(character: string, ignoreCase: boolean): CharacterTest {
  const wanted = character.codePointAt(0) ?? 0;
  return foldCase((code) => code === wanted, ignoreCase);
}

/** The test of the escape whose backslash is at `at`. */
export function escapedCharacter(pattern: string, at: number, ignoreCase: boolean): ParsedCharacter {
  const code = pattern.codePointAt(at + 1);
  if (code === undefined) {
    throw invalidParameter(`Invalid RLIKE pattern '${pattern}': it ends with a backslash.`);
  }
  const letter = String.fromCodePoint(code);
  const end = at + 1 + letter.length;
  const set = SETS[letter];
  if (set) {
    return { test: set, end };
  }
  const control = CONTROLS[letter];
  if (control === undefined && /[\p{L}\p{N}]/u.test(letter)) {
    throw invalidParameter(`Invalid RLIKE pattern '${pattern}': \\${letter} is not supported.`);
  }
  const single = control ?? code;
  return { test: oneCharacter(String.fromCodePoint(single), ignoreCase), end, code: single };
}

/** The test of the class whose `[` is at `at`, as `[^a-z\d_]`. */
export function parseClass(pattern: string, at: number, ignoreCase: boolean): ParsedCharacter {
  const negated = pattern.startsWith('^', at + 1);
  const tests: CharacterTest[] = [];
  let next = at + (negated ? 2 : 1);
  while (!pattern.startsWith(']', next) || tests.length === 0) {
    const first = classMember(pattern, next);
    next = first.end;
    const isRange = pattern.startsWith('-', next) && !pattern.startsWith('-]', next);
    if (!isRange) {
      tests.push(first.test);
      continue;
    }
    const last = classMember(pattern, next + 1);
    next = last.end;
    tests.push(range(pattern, first.code, last.code));
  }
  const any = foldCase((code) => tests.some((test) => test(code)), ignoreCase);
  return { test: negated ? (code) => !any(code) : any, end: next + 1 };
}

function classMember(pattern: string, at: number): ParsedCharacter {
  const code = pattern.codePointAt(at);
  if (code === undefined) {
    throw invalidParameter(`Invalid RLIKE pattern '${pattern}': a [ without its ].`);
  }
  const character = String.fromCodePoint(code);
  return character === '\\'
    ? escapedCharacter(pattern, at, false)
    : { test: (other) => other === code, end: at + character.length, code };
}

function range(pattern: string, low: number | undefined, high: number | undefined): CharacterTest {
  if (low === undefined || high === undefined || high < low) {
    throw invalidParameter(`Invalid RLIKE pattern '${pattern}': a range without two ordered ends.`);
  }
  return (code) => code >= low && code <= high;
}

/** Lets `test` see both cases of a character. */
function foldCase(test: CharacterTest, ignoreCase: boolean): CharacterTest {
  if (!ignoreCase) {
    return test;
  }
  return (code) => {
    const character = String.fromCodePoint(code);
    return [character, character.toLowerCase(), character.toUpperCase()].some((form) =>
      test(form.codePointAt(0) ?? 0),
    );
  };
}
