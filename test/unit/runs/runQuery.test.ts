import { describe, expect, it } from 'vitest';
import { filtersOf, parseRunQuery, rankOf, type WordsQuery } from '../../../src/core/runs/runQuery.js';
import { parseFilter } from '../../../src/core/search/parseFilter.js';
import { RUN_SEARCH } from '../../../src/core/search/entities.js';
import { makeRun } from '../../support/runs.js';

const run = '0123456789abcdef0123456789abcdef';
const words = (text: string): WordsQuery => {
  const query = parseRunQuery(text);
  if (query.kind !== 'words') throw new Error(`${text} is a query for a ${query.kind}.`);
  return query;
};

describe('parseRunQuery', () => {
  it.each([
    [run],
    [` ${run.toUpperCase()}\n`],
    [`runs:/${run}`],
    [`runs:/${run}/model/MLmodel`],
    [`https://dbc.example/ml/experiments/12/runs/${run}`],
  ])('takes %s for the run', (text) => {
    expect(parseRunQuery(text)).toEqual({ kind: 'run', runId: run });
  });

  it('keeps which server an address names', () => {
    expect(parseRunQuery(`🏃 View run x at: http://team:5000/#/experiments/3/runs/${run}`)).toEqual({
      kind: 'run',
      runId: run,
      uri: 'http://team:5000',
    });
    expect(parseRunQuery('http://team:5000/#/experiments/3')).toEqual({
      kind: 'experiment',
      experimentId: '3',
      uri: 'http://team:5000',
    });
  });

  it('takes nothing for the latest runs', () => {
    expect(parseRunQuery('  ')).toEqual({ kind: 'recent' });
  });

  it('takes the rest for words, and a single one for the beginning of an id too', () => {
    expect(parseRunQuery('forest  50')).toEqual({ kind: 'words', words: ['forest', '50'] });
    expect(parseRunQuery('01AB')).toEqual({ kind: 'words', words: ['01AB'], idPrefix: '01ab' });
    expect(parseRunQuery('ab')).toEqual({ kind: 'words', words: ['ab'] });
    expect(words('x '.repeat(100)).words).toHaveLength(8);
  });
});

describe('filtersOf', () => {
  it('asks for all words in the name, and for the id beside that', () => {
    expect(filtersOf(words('forest 50'))).toEqual([
      "attributes.run_name ILIKE '%forest%' AND attributes.run_name ILIKE '%50%'",
    ]);
    expect(filtersOf(words('01ab'))).toEqual([
      "attributes.run_name ILIKE '%01ab%'",
      "attributes.run_id LIKE '01ab%'",
    ]);
  });

  it.each(["it's", `"quoted"`, `'"\\`, '100%', 'a_b', 'größe', '🏃', "x' OR 1=1 --", 'a;b', '(', '`'])(
    'makes a filter that can be parsed of %s',
    (text) => {
      for (const filter of filtersOf(words(text))) {
        expect(() => parseFilter(filter, RUN_SEARCH)).not.toThrow();
        expect(filter.replaceAll(/'[^']*'/g, '')).not.toMatch(/["'\\]/);
      }
    },
  );
});

describe('rankOf', () => {
  const named = (runName: string) => makeRun('abcd1234', { info: { runName } });

  it('puts whole names before their beginnings, those before parts, and ids last', () => {
    const ranks = [
      rankOf(named('forest'), words('Forest')),
      rankOf(named('forest sweep'), words('forest')),
      rankOf(named('the forest'), words('forest')),
      rankOf(named('other'), words('abcd')),
    ];
    expect(ranks).toEqual([...ranks].sort());
    expect(new Set(ranks).size).toBe(4);
  });

  it('leaves out what only the wildcards of the filter let through', () => {
    expect(rankOf(named('100 trees'), words('100%'))).toBeUndefined();
    expect(rankOf(named('GRÖSSE'), words('größe'))).toBeUndefined();
    expect(rankOf(named('Größe 1'), words('GRÖßE'))).toBeDefined();
    expect(rankOf(named('a'), words('b'))).toBeUndefined();
  });

  it('takes words in any order', () => {
    expect(rankOf(named('50 trees, forest'), words('forest 50'))).toBeDefined();
  });
});
