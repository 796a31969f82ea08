import { invalidParameter } from '../base/errors.js';
import { type Comparator, EVERYTHING, type FilterExpression } from './ast.js';
import type { SearchEntity } from './entities.js';
import { SEARCH_LIMITS } from './limits.js';
import { type KnownField, parseField } from './parseField.js';
import { parseListItem, parseValue } from './parseValue.js';
import { isWord, type Token, tokenize } from './tokenizer.js';

/**
 * Parses a filter in MLflow's grammar, with OR, NOT, parentheses and RLIKE besides. NOT binds strongest, then
 * AND, then OR. As in MLflow, AND may be left out between comparisons, doubled, or left hanging at an end.
 * @param filter absent or empty for "everything"
 * @throws MlflowError INVALID_PARAMETER_VALUE
 */
export function parseFilter(filter: string | undefined, entity: SearchEntity): FilterExpression {
  return filter ? new FilterParser(tokenize(filter), entity).parse() : EVERYTHING;
}

const SYMBOLS: readonly Comparator[] = ['=', '!=', '<', '<=', '>', '>='];
const WORDS: readonly Comparator[] = ['LIKE', 'ILIKE', 'RLIKE', 'IN'];

class FilterParser {
  private next = 0;
  private comparisons = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly entity: SearchEntity,
  ) {}

  parse(): FilterExpression {
    if (this.tokens.length === 1) {
      throw invalidParameter('Invalid filter: it has nothing but white space in it.');
    }
    const expression = this.parseOr(true);
    if (this.peek().kind !== 'end') {
      throw this.unexpected('AND, OR or the end');
    }
    return expression;
  }

  private parseOr(outermost: boolean): FilterExpression {
    const operands = [this.parseAnd(outermost)];
    while (this.takeWord('OR')) {
      operands.push(this.parseAnd(false));
    }
    return join('or', operands);
  }

  private parseAnd(mayBeEmpty: boolean): FilterExpression {
    const operands: FilterExpression[] = [];
    for (;;) {
      while (this.takeWord('AND')) {
        // A stray AND says nothing.
      }
      if (!this.atOperand()) {
        break;
      }
      operands.push(this.parseOperand());
    }
    if (operands.length === 0 && !(mayBeEmpty && this.peek().kind === 'end')) {
      throw this.unexpected('a comparison');
    }
    return join('and', operands);
  }

  private atOperand(): boolean {
    const token = this.peek();
    return token.kind === 'open' || (token.kind === 'identifier' && !isWord(token, 'OR'));
  }

  private parseOperand(): FilterExpression {
    this.depth += 1;
    if (this.depth > SEARCH_LIMITS.nesting) {
      throw invalidParameter(`The filter is nested more than ${SEARCH_LIMITS.nesting} deep.`);
    }
    const operand = this.parseNested() ?? this.parseComparison();
    this.depth -= 1;
    return operand;
  }

  private parseNested(): FilterExpression | undefined {
    if (this.takeWord('NOT')) {
      if (!this.atOperand()) {
        throw this.unexpected('a comparison after NOT');
      }
      return { kind: 'not', operand: this.parseOperand() };
    }
    if (this.peek().kind !== 'open') {
      return undefined;
    }
    this.next += 1;
    const inner = this.parseOr(false);
    this.expect('close', ')');
    return inner;
  }

  private parseComparison(): FilterExpression {
    this.comparisons += 1;
    if (this.comparisons > SEARCH_LIMITS.comparisons) {
      throw invalidParameter(`The filter has more than ${SEARCH_LIMITS.comparisons} comparisons.`);
    }
    const name = this.expect('identifier', 'the name of a field');
    const known = parseField(name.text, this.entity, 'filter');
    const comparator = this.parseComparator();
    if (!known.description.comparators.includes(comparator)) {
      throw invalidParameter(
        `Invalid comparator '${comparator}' for '${name.text}': not one of ${known.description.comparators.join(', ')}`,
      );
    }
    return {
      kind: 'comparison',
      field: known.field,
      comparator,
      value: this.parseOperandValue(known, comparator),
    };
  }

  private parseComparator(): Comparator {
    const token = this.take();
    const written = token.text.toUpperCase();
    if (written === 'IS') {
      const negated = this.takeWord('NOT');
      if (!this.takeWord('NULL')) {
        throw this.unexpected('NULL');
      }
      return negated ? 'IS NOT NULL' : 'IS NULL';
    }
    if (written === 'NOT' && this.takeWord('IN')) {
      return 'NOT IN';
    }
    const known = token.kind === 'operator' ? SYMBOLS : WORDS;
    const comparator = known.find((word) => word === written);
    if (comparator === undefined) {
      this.next -= 1;
      throw this.unexpected(
        `one of ${[...SYMBOLS, ...WORDS, 'NOT IN', 'IS NULL', 'IS NOT NULL'].join(', ')}`,
      );
    }
    return comparator;
  }

  private parseOperandValue(known: KnownField, comparator: Comparator) {
    switch (comparator) {
      case 'IS NULL':
      case 'IS NOT NULL':
        return null;
      case 'IN':
      case 'NOT IN':
        return this.parseList(known);
      default:
        return parseValue(this.take(), known, comparator, this.entity);
    }
  }

  private parseList(known: KnownField): string[] {
    this.expect('open', '( and a list of quoted strings');
    const items: string[] = [];
    while (this.peek().kind !== 'close') {
      items.push(parseListItem(this.take(), known));
      if (this.peek().kind !== 'close') {
        this.expect('comma', ', or )');
      }
    }
    this.expect('close', ')');
    if (items.length === 0) {
      throw invalidParameter(
        'While parsing a list in the query, expected a non-empty list of quoted strings.',
      );
    }
    return items;
  }

  private peek(): Token {
    const token = this.tokens[this.next] ?? this.tokens.at(-1);
    if (token === undefined) {
      throw new RangeError('a list of tokens ends with an end');
    }
    return token;
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private takeWord(word: string): boolean {
    const matches = isWord(this.peek(), word);
    this.next += matches ? 1 : 0;
    return matches;
  }

  private expect(kind: Token['kind'], what: string): Token {
    if (this.peek().kind !== kind) {
      throw this.unexpected(what);
    }
    return this.take();
  }

  private unexpected(expected: string) {
    const { text, at } = this.peek();
    const found = text === '' ? 'the end' : `'${text.slice(0, 50)}' at position ${at}`;
    return invalidParameter(`Invalid clause(s) in filter string: expected ${expected}, found ${found}.`);
  }
}

function join(kind: 'and' | 'or', operands: FilterExpression[]): FilterExpression {
  const [only] = operands;
  return only && operands.length === 1 ? only : { kind, operands };
}
