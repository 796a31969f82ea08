import { describe, expect, it } from 'vitest';

import type { FilterExpression } from '../../../src/core/search/ast.js';
import { EXPERIMENT_SEARCH, LOGGED_MODEL_SEARCH, RUN_SEARCH } from '../../../src/core/search/entities.js';
import { SEARCH_LIMITS } from '../../../src/core/search/limits.js';
import { parseFilter } from '../../../src/core/search/parseFilter.js';
import { parseOrderBy } from '../../../src/core/search/parseOrderBy.js';
import { outcome } from './support.js';

const parse = (filter: string) => parseFilter(filter, RUN_SEARCH);
const refusal = (filter: string) => {
  try {
    parse(filter);
  } catch (error) {
    return String(error);
  }
  return 'accepted';
};

/** The expression in few words: `(a & (b | !c))`. */
function brief(expression: FilterExpression): string {
  switch (expression.kind) {
    case 'comparison':
      return expression.field.key;
    case 'not':
      return `!${brief(expression.operand)}`;
    default:
      return `(${expression.operands.map(brief).join(expression.kind === 'and' ? ' & ' : ' | ')})`;
  }
}

describe('parseFilter', () => {
  it.each([
    ['metrics.a > 1', 'a'],
    ['metrics.a > 1 AND metrics.b > 1 OR metrics.c > 1', '((a & b) | c)'],
    ['metrics.a > 1 AND (metrics.b > 1 OR metrics.c > 1)', '(a & (b | c))'],
    ['NOT metrics.a > 1 AND metrics.b > 1', '(!a & b)'],
    ['not (metrics.a > 1 or metrics.b > 1)', '!(a | b)'],
    ['NOT NOT metrics.a > 1', '!!a'],
    ['metrics.a > 1 metrics.b > 1 AND', '(a & b)'],
    ['((metrics.a > 1))', 'a'],
    ["params.b IS NULL OR params.c IS NOT NULL AND run_id NOT IN ('x')", '(b | (c & run_id))'],
    ['', '()'],
  ])('reads %s as %s', (filter, expected) => {
    expect(brief(parse(filter))).toBe(expected);
  });

  it('gives fields their canonical names, and values their types', () => {
    expect(parse("attr.`Run name` ilike 'x'")).toEqual({
      kind: 'comparison',
      field: { group: 'attribute', key: 'run_name' },
      comparator: 'ILIKE',
      value: 'x',
    });
    expect(parse('Created = 9007199254740993')).toMatchObject({
      field: { group: 'attribute', key: 'start_time' },
      value: 9007199254740993n,
    });
    expect(parse('metrics.a = 9007199254740993')).toMatchObject({ value: 9007199254740992 });
    expect(parse(String.raw`dataset.name IN ('it\'s', "it's", 'a\\b\n', 'a''b',)`)).toMatchObject({
      value: ["it's", "it's", 'a\\b\n', 'ab'],
    });
    expect(parseFilter("experiment_id IN ('7')", EXPERIMENT_SEARCH)).toMatchObject({ value: ['7'] });
    expect(parseFilter('params.lr = 0.10', LOGGED_MODEL_SEARCH)).toMatchObject({ value: '0.10' });
  });

  it.each([
    ['metrics.a > 1 OR', 'expected a comparison, found the end'],
    ['OR metrics.a > 1', "expected a comparison, found 'OR' at position 0"],
    ['()', "expected a comparison, found ')'"],
    ['(metrics.a > 1', 'expected ), found the end'],
    ['metrics.a > 1)', "found ')' at position 13"],
    ['NOT', 'expected a comparison after NOT, found the end'],
    ["params.a = 'x", 'a quote that is not closed'],
    ['params.a IS 1', "expected NULL, found '1'"],
    ["params.a NOT LIKE 'x'", "found 'NOT'"],
    ["params.a RLIKE '('", 'a ( without its )'],
    ["status IN ('FINISHED')", "Invalid comparator 'IN' for 'status'"],
    ["foo.a = 'x'", "Invalid entity type 'foo'"],
    ["constructor.a = 'x'", "Invalid entity type 'constructor'"],
    ["toString = 'x'", "Invalid attribute key 'toString'"],
    ["params.a = 'x\0'", 'a NUL character'],
    ['start_time > 99999999999999999999', 'does not fit 64 bits'],
  ])('refuses %s and says why', (filter, why) => {
    expect(outcome(() => parse(filter))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
    expect(refusal(filter)).toContain(why);
  });

  it('refuses what is too large', () => {
    const { comparisons, nesting, filterLength, likePatternBytes } = SEARCH_LIMITS;
    const many = (count: number) => Array.from({ length: count }, () => 'metrics.a > 1').join(' AND ');
    expect(refusal(many(comparisons))).toBe('accepted');
    expect(refusal(many(comparisons + 1))).toContain('comparisons');
    expect(refusal(`${'('.repeat(nesting - 1)}metrics.a > 1${')'.repeat(nesting - 1)}`)).toBe('accepted');
    expect(refusal(`${'('.repeat(nesting)}metrics.a > 1${')'.repeat(nesting)}`)).toContain('nested');
    expect(refusal('('.repeat(filterLength))).toContain('nested');
    expect(refusal('NOT '.repeat(1000))).toContain('nested');
    expect(refusal("'".repeat(filterLength + 1))).toContain('longer');
    expect(refusal(`params.a LIKE '${'é'.repeat(likePatternBytes / 2 + 1)}'`)).toContain('LIKE pattern');
  });
});

describe('parseOrderBy', () => {
  it('reads fields and directions', () => {
    expect(parseOrderBy(['metrics.`a b` desc', 'created'], RUN_SEARCH)).toEqual([
      { field: { group: 'metric', key: 'a b' }, ascending: false },
      { field: { group: 'attribute', key: 'start_time' }, ascending: true },
    ]);
  });

  it.each(['metrics.a sideways', 'dataset.name', '`run name`', 'metrics.a DESC metrics.b', '', '('])(
    'refuses %s',
    (clause) => {
      expect(outcome(() => parseOrderBy([clause], RUN_SEARCH))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
    },
  );

  it('refuses too many clauses', () => {
    const clauses = Array.from({ length: SEARCH_LIMITS.orderBys + 1 }, (_, index) => `metrics.m${index}`);
    expect(outcome(() => parseOrderBy(clauses, RUN_SEARCH))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
  });
});
