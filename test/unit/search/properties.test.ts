import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileRuns } from '../../../src/core/search/compileRuns.js';
import { EXPERIMENT_SEARCH, LOGGED_MODEL_SEARCH, RUN_SEARCH } from '../../../src/core/search/entities.js';
import { matches } from '../../../src/core/search/evaluate.js';
import { planRunOrder } from '../../../src/core/search/order.js';
import { decodePageToken, encodePageToken } from '../../../src/core/search/pageToken.js';
import { parseFilter } from '../../../src/core/search/parseFilter.js';
import { parseOrderBy } from '../../../src/core/search/parseOrderBy.js';
import { runReader } from '../../../src/core/search/readers.js';
import { compareRuns } from '../../../src/core/search/sort.js';
import { isLike } from '../../../src/core/search/text.js';
import { randomTables, runFilter, runOrder, text } from './arbitraries.js';
import { runsOf } from './recorded.js';
import { idsByPages, idsOf, openEmpty, openReference, outcome, readReference } from './support.js';

const reference = readReference();

/** Pieces of the grammar in any order, so that the parser gets far before it stumbles. */
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'metrics.a',
        'params.`x y`',
        'tags."t"',
        'status',
        'run_id',
        'name',
        'dataset.name',
        'AND',
        'OR',
        'NOT',
      ),
      fc.constantFrom(
        '=',
        '!=',
        '<',
        'LIKE',
        'RLIKE',
        'IN',
        'IS',
        'NULL',
        '(',
        ')',
        ',',
        '1',
        '-.5e3',
        "'x'",
        '"y"',
        '`z',
        "'",
        '.',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(' '));

describe('any text', () => {
  it('is parsed, or refused as an invalid parameter', () => {
    const refused = { error: 'INVALID_PARAMETER_VALUE' };
    fc.assert(
      fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (input) => {
        for (const entity of [RUN_SEARCH, EXPERIMENT_SEARCH, LOGGED_MODEL_SEARCH]) {
          const parsers: (() => unknown)[] = [
            () => parseFilter(input, entity),
            () => parseOrderBy([input], entity),
          ];
          for (const parse of parsers) {
            const result = outcome(parse);
            expect('value' in result || result).toEqual('value' in result ? true : refused);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('as a page token is read, or refused as an invalid parameter', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(btoaOf)), (token) => {
        expect(outcome(() => decodePageToken(token, ['q'], 1))).toEqual({ error: 'INVALID_PARAMETER_VALUE' });
      }),
    );
  });
});

describe('random runs', () => {
  it('are found by SQL, by pages and in memory alike', () => {
    fc.assert(
      fc.property(randomTables(reference), runFilter, runOrder, (tables, filter, orderBy) => {
        const database = openReference(tables);
        try {
          const compiled = compileRuns({ experimentIds: ['1'], viewType: 'ALL', filter, orderBy });
          const parsed = parseFilter(filter, RUN_SEARCH);
          const expected = runsOf(tables)
            .filter((run) => matches(parsed, runReader(run)))
            .sort(compareRuns(planRunOrder(orderBy)))
            .map(({ info }) => info.runId);
          expect(idsOf(database, compiled, 'r.run_uuid')).toEqual(expected);
          expect(idsByPages(database, compiled, 'r.run_uuid', 2)).toEqual(expected);
        } finally {
          database.close();
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('are told apart by NOT: a filter or its opposite holds, never both', () => {
    const database = openReference(reference);
    const idsFor = (filter: string) =>
      idsOf(
        database,
        compileRuns({ experimentIds: ['1'], viewType: 'ALL', filter, orderBy: ['run_id'] }),
        'r.run_uuid',
      );
    const all = idsFor('');
    fc.assert(
      fc.property(runFilter, (filter) => {
        expect([...idsFor(filter), ...idsFor(`NOT (${filter})`)].sort()).toEqual(all);
      }),
      { numRuns: 200 },
    );
    database.close();
  });
});

describe('texts', () => {
  it('are like a pattern where SQLite says so', () => {
    const database = openEmpty(reference);
    const likeInSql = database.prepare('SELECT ? LIKE ? AS yes');
    const wild = fc
      .array(fc.oneof(fc.constantFrom('%', '_', 'a', 'A', '🚀'), text))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(wild, wild, (value, pattern) => {
        fc.pre(!(value + pattern).includes('\0'));
        expect(isLike(value, pattern)).toBe(likeInSql.get(value, pattern)?.yes === 1);
      }),
      { numRuns: 2000 },
    );
    database.close();
  });

  it('and numbers come back from a page token as they went in', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const decoded = decodePageToken(encodePageToken(['q'], values), ['q'], values.length);
        // SQLite does not tell 0 and -0 apart either.
        expect(decoded).toEqual(values.map((one) => (one === 0 ? 0 : one)));
      }),
    );
  });
});

function btoaOf(json: string): string {
  return Buffer.from(json).toString('base64');
}
