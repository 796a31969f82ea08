import { afterAll, describe, expect, it } from 'vitest';

import { compileExperiments } from '../../../src/core/search/compileExperiments.js';
import { compileLoggedModels } from '../../../src/core/search/compileLoggedModels.js';
import { compileRuns } from '../../../src/core/search/compileRuns.js';
import { type CompiledSearch, compileKeysetAfter, selectPage } from '../../../src/core/search/keyset.js';
import { SEARCH_LIMITS } from '../../../src/core/search/limits.js';
import { decodePageToken, encodePageToken } from '../../../src/core/search/pageToken.js';
import { idsOf, openReference, outcome, readReference } from './support.js';

const reference = readReference();
const database = openReference(reference);
afterAll(() => database.close());

const runs = (filter: string, ...orderBy: readonly string[]) =>
  compileRuns({ experimentIds: ['1'], viewType: 'ACTIVE_ONLY', filter, orderBy });
const find = (filter: string) => idsOf(database, runs(filter, 'run_name'), 'r.name');

describe('what is not MLflow’s', () => {
  it.each([
    ["run_name = 'first' OR run_name = 'second'", ['first', 'second']],
    ["NOT (params.lr IS NULL OR run_name LIKE '%t%')", ['second', 'unnamed']],
    ["params.lr RLIKE '^0\\.0+1$'", ['second', 'third']],
    ["(run_name = 'first' OR run_name = 'third') AND NOT status = 'FAILED'", ['first']],
    ["dataset.context RLIKE '(?i)^train$' AND NOT dataset.name = 'mnist'", ['SECOND']],
    ['NOT metrics.loss != 0 AND metrics.acc < 0', ['fifth']],
  ])('%s', (filter, names) => {
    expect(find(filter)).toEqual(names);
  });

  it('takes something missing for false, and NOT of it for true', () => {
    const running = find('NOT end_time > 0');
    expect(running).toEqual(['child', 'fifth', 'parent']);
    expect(find('NOT NOT end_time > 0')).toHaveLength(find('').length - running.length);
  });
});

describe('values', () => {
  const nasty = `x'); DROP TABLE runs; --`;

  it('are bound and never part of the SQL', () => {
    const searches: CompiledSearch[] = [
      runs(`params.\`${nasty}\` = "${nasty}" OR run_id IN ("${nasty}")`, `metrics.\`${nasty}\``),
      compileExperiments({ viewType: 'ALL', filter: `tags.\`${nasty}\` LIKE "${nasty}"`, orderBy: [] }),
      compileLoggedModels({
        experimentIds: ['1'],
        filter: `metrics.\`${nasty}\` > 1 AND tags.\`${nasty}\` = "${nasty}"`,
        datasets: [{ name: nasty, digest: nasty }],
        orderBy: [{ fieldName: `metrics.${nasty}`, ascending: true, datasetName: nasty }],
      }),
    ];
    for (const search of searches) {
      const { sql, params } = selectPage(search, '1', { limit: 10 });
      expect(sql).not.toContain('DROP');
      expect(params.join('\n')).toContain(nasty);
      expect(database.prepare(sql).all(...params)).toEqual([]);
    }
  });

  it('fill as large a filter as the grammar lets through', () => {
    const many = Array.from({ length: SEARCH_LIMITS.comparisons }, (_, index) => `tags.t${index} != 'x'`);
    const deep = '(NOT '.repeat((SEARCH_LIMITS.nesting - 4) / 2);
    const filter = `${deep}(${many.join(' AND ')})${')'.repeat(deep.length / 5)}`;
    expect(find(many.join(' OR '))).toEqual([]);
    expect(find(filter).length).toBeGreaterThan(0);
    const ids = Array.from({ length: 10_000 }, (_, index) => `'${String(index).padStart(32, '0')}'`);
    expect(find(`run_id IN (${ids.join(',')})`)).toEqual([]);
    const orders = Array.from({ length: SEARCH_LIMITS.orderBys }, (_, index) => `metrics.m${index}`);
    expect(idsOf(database, runs('', ...orders), 'r.run_uuid')).toHaveLength(find('').length);
  });
});

describe('plans', () => {
  /** The steps of SQLite's plan that are about these aliases. */
  const plan = (search: CompiledSearch) => {
    const { sql, params } = selectPage(search, '1', { limit: 10 });
    return database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...params)
      .map((row) => String(row.detail));
  };

  it('look up everything but the searched table by an index', () => {
    const steps = [
      ...plan(
        runs(
          "metrics.a > 1 AND params.b = 'x' AND tags.c IS NULL AND dataset.name = 'd' AND dataset.context = 'e' AND NOT run_name = 'f'",
          'metrics.a',
          'params.b DESC',
          'tags.c',
        ),
      ),
      ...plan(compileExperiments({ viewType: 'ALL', filter: "tags.a = 'x' OR tags.b IS NULL", orderBy: [] })),
      ...plan(
        compileLoggedModels({
          experimentIds: ['1'],
          filter: "metrics.a > 1 AND params.b = 'x' AND tags.c != 'y'",
          datasets: [{ name: 'd' }],
          orderBy: [{ fieldName: 'metrics.a', ascending: false }],
        }),
      ),
    ];
    const scans = steps.filter((step) => step.startsWith('SCAN'));
    expect(scans.filter((step) => !/^SCAN (?:[rem]|page|json_each VIRTUAL TABLE .*)$/.test(step))).toEqual(
      [],
    );
    const lookups = steps.filter((step) => step.startsWith('SEARCH')).map((step) => step.split(' ')[1]);
    expect(lookups).toEqual(expect.arrayContaining(['x', 'i', 'd', 'c', 'o0', 'o1', 'o2']));
    expect(lookups.filter((alias) => alias === 'x').length).toBeGreaterThan(8);
    expect(steps.join('\n')).not.toContain('AUTOMATIC');
  });

  it('finds runs by their ids through the primary key', () => {
    expect(plan(runs("run_id IN ('a', 'b')")).join('\n')).toMatch(
      /SEARCH r USING INDEX sqlite_autoindex_runs_1/,
    );
  });
});

describe('compileKeysetAfter', () => {
  const keys = [
    { sql: 'a', ascending: true },
    { sql: 'b', ascending: false },
  ];

  it('says what comes after a row, NULL before everything', () => {
    expect(compileKeysetAfter(keys, [1, 'x'])).toEqual({
      sql: '(a > ? OR (a IS ? AND ((b < ? OR b IS NULL) OR (b IS ? AND 0))))',
      params: [1, 1, 'x', 'x'],
    });
    expect(compileKeysetAfter(keys, [null, null])).toEqual({
      sql: '(a IS NOT NULL OR (a IS ? AND (0 OR (b IS ? AND 0))))',
      params: [null, null],
    });
  });

  it('wants a value for each key', () => {
    expect(() => compileKeysetAfter(keys, [1])).toThrow(RangeError);
  });
});

describe('page tokens', () => {
  const scope = ['runs', ['1'], 'metrics.a > 1', [], 'ACTIVE_ONLY'];
  const token = encodePageToken(scope, [0, 'é', null, 2n ** 60n, 0.1]);

  it('carry the keys of the last row', () => {
    expect(decodePageToken(token, scope, 5)).toEqual([0, 'é', null, 2n ** 60n, 0.1]);
  });

  it.each([
    ['of another filter', token, ['runs', ['1'], 'metrics.a > 2', [], 'ACTIVE_ONLY'], 5],
    ['of other experiments', token, ['runs', ['2'], 'metrics.a > 1', [], 'ACTIVE_ONLY'], 5],
    ['with too few keys', token, scope, 6],
    ['of MLflow', btoa('{"offset": 5}'), scope, 5],
    ['that is no base64', '%%%', scope, 5],
    ['that is no JSON', btoa('{'), scope, 5],
    ['that is null', btoa('null'), scope, 5],
  ])('%s are refused', (_, foreign, ofScope, keyCount) => {
    expect(outcome(() => decodePageToken(foreign, ofScope, keyCount))).toEqual({
      error: 'INVALID_PARAMETER_VALUE',
    });
  });

  it('with a value of no known type are refused', () => {
    const content = JSON.parse(atob(encodePageToken(scope, ['x']))) as { after: unknown[] };
    for (const value of ['x', 1, 'nNaN', 'i1.5', 'n1.2.3', {}]) {
      const forged = btoa(JSON.stringify({ ...content, after: [value] }));
      expect(outcome(() => decodePageToken(forged, scope, 1))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
    }
  });
});

describe('the scope', () => {
  it.each(['x', '', '-1', '1.5', '99999999999999999999'])('refuses the experiment id "%s"', (id) => {
    const search = { experimentIds: [id], viewType: 'ALL', orderBy: [] } as const;
    expect(outcome(() => compileRuns(search))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
  });
});
