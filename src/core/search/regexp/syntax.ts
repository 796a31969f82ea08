import { invalidParameter, type MlflowError } from '../../base/errors.js';
import { type CharacterTest, escapedCharacter, oneCharacter, parseClass } from './characters.js';

/** A place in a text, not a character of it. */
export type Assertion = 'start' | 'end' | 'wordBoundary' | 'notWordBoundary';

/** A regular expression. `most` is Infinity where there is no upper bound. */
export type RegexpNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly RegexpNode[] }
  | { readonly kind: 'repeat'; readonly part: RegexpNode; readonly least: number; readonly most: number };

const NEVER_NEWLINE: CharacterTest = (code) => code !== 10;
const QUANTIFIER = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})\??/uy;

/**
 * Parses the part of Python's and JavaScript's syntax that a matcher without backtracking can do: no
 * references back and no looking around. `(?i)` in front ignores case.
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function parseRegexp(pattern: string): RegexpNode {
  const ignoreCase = pattern.startsWith('(?i)');
  return new RegexpParser(pattern, ignoreCase ? 4 : 0, ignoreCase).parse();
}

class RegexpParser {
  constructor(
    private readonly pattern: string,
    private at: number,
    private readonly ignoreCase: boolean,
  ) {}

  parse(): RegexpNode {
    const node = this.parseChoice();
    if (this.at < this.pattern.length) {
      throw this.invalid('a ) without its (');
    }
    return node;
  }

  private parseChoice(): RegexpNode {
    const parts = [this.parseSequence()];
    while (this.takeIf('|')) {
      parts.push(this.parseSequence());
    }
    return { kind: 'choice', parts };
  }

  private parseSequence(): RegexpNode {
    const parts: RegexpNode[] = [];
    while (this.at < this.pattern.length && !/[|)]/.test(this.pattern.charAt(this.at))) {
      parts.push(this.parseRepeat());
    }
    return { kind: 'sequence', parts };
  }

  private parseRepeat(): RegexpNode {
    const part = this.parseAtom();
    QUANTIFIER.lastIndex = this.at;
    const match = QUANTIFIER.exec(this.pattern);
    if (!match) {
      return part;
    }
    if (part.kind === 'assertion') {
      throw this.invalid('nothing to repeat');
    }
    const [whole, sign, low, comma, high] = match;
    this.at += whole.length;
    const least = sign ? Number(sign === '+') : Number(low);
    const most = sign ? (sign === '?' ? 1 : Infinity) : comma ? (high ? Number(high) : Infinity) : least;
    if (most < least) {
      throw this.invalid('a repetition whose bounds are the wrong way round');
    }
    return { kind: 'repeat', part, least, most };
  }

  private parseAtom(): RegexpNode {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
    switch (character) {
      case '(':
        return this.parseGroup();
      case '[': {
        const { test, end } = parseClass(this.pattern, this.at, this.ignoreCase);
        this.at = end;
        return { kind: 'character', test };
      }
      case '\\':
        return this.parseEscape();
      case '*':
      case '+':
      case '?':
        throw this.invalid('nothing to repeat');
      default:
        break;
    }
    this.at += character.length;
    switch (character) {
      case '^':
        return { kind: 'assertion', assertion: 'start' };
      case '$':
        return { kind: 'assertion', assertion: 'end' };
      case '.':
        return { kind: 'character', test: NEVER_NEWLINE };
      default:
        return { kind: 'character', test: oneCharacter(character, this.ignoreCase) };
    }
  }

  private parseGroup(): RegexpNode {
    this.at += 1;
    if (this.pattern.startsWith('?', this.at) && !this.pattern.startsWith('?:', this.at)) {
      throw this.invalid('a group that begins with "(?" is not supported, except "(?:" and a leading "(?i)"');
    }
    this.at += this.pattern.startsWith('?:', this.at) ? 2 : 0;
    const inner = this.parseChoice();
    if (!this.takeIf(')')) {
      throw this.invalid('a ( without its )');
    }
    return inner;
  }

  private parseEscape(): RegexpNode {
    const letter = this.pattern.charAt(this.at + 1);
    if (letter === 'b' || letter === 'B') {
      this.at += 2;
      return { kind: 'assertion', assertion: letter === 'b' ? 'wordBoundary' : 'notWordBoundary' };
    }
    const { test, end } = escapedCharacter(this.pattern, this.at, this.ignoreCase);
    this.at = end;
    return { kind: 'character', test };
  }

  private takeIf(character: string): boolean {
    const found = this.pattern.startsWith(character, this.at);
    this.at += found ? 1 : 0;
    return found;
  }

  private invalid(why: string): MlflowError {
    return invalidParameter(`Invalid RLIKE pattern '${this.pattern}': ${why} (at ${this.at}).`);
  }
}
