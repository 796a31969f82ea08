import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchTraces } from '../../../src/core/stores/traceStore.js';
import { expectError, freshExperiment, type OpenSubject, useStore } from './subject.js';
import { freshOtelId, spanOf, traceOf } from '../../support/traces.js';

export function describeSearchTraces(open: OpenSubject): void {
  describe('search for traces', () => {
    const store = useStore(open);
    let experimentId = '';
    const search = (query: Partial<SearchTraces> = {}) =>
      store().searchTraces({
        experimentIds: [experimentId],
        maxResults: 100,
        orderBy: ['timestamp_ms'],
        ...query,
      });
    const letters = async (query: Partial<SearchTraces> = {}) =>
      (await search(query)).items
        .map(({ tags }) => tags.find(({ key }) => key === 'mlflow.traceName')?.value ?? '?')
        .join(' ');

    /** Traces a to d with rising times; b failed, c is of a session, d has no color. */
    beforeAll(async () => {
      experimentId = await freshExperiment(store());
      for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
        const otelId = freshOtelId();
        const below = { parentSpanId: '1'.repeat(16), spanId: '2'.repeat(16) };
        await store().logSpans(experimentId, [
          spanOf(otelId, {
            name: `root of ${name}`,
            attributes: [
              { key: 'mlflow.spanType', value: index === 0 ? '"LLM"' : '"CHAIN"' },
              { key: 'model', value: `"model ${name}"` },
            ],
          }),
          spanOf(otelId, { name: 'child', statusCode: 'ERROR', ...below }),
        ]);
        await store().startTrace(
          traceOf(experimentId, {
            traceId: `tr-${otelId}`,
            requestTime: 1000 + index,
            executionDuration: 10 * (4 - index),
            state: name === 'b' ? 'ERROR' : 'OK',
            clientRequestId: `request ${name}`,
            tags: [
              { key: 'mlflow.traceName', value: name },
              ...(name === 'd' ? [] : [{ key: 'color', value: index === 0 ? 'red' : 'Blue' }]),
            ],
            metadata: name === 'c' ? [{ key: 'mlflow.trace.session', value: 's' }] : [],
            assessments:
              name === 'a'
                ? []
                : [
                    {
                      name: 'score',
                      kind: 'feedback',
                      value: `${index}.5`,
                      source: { type: 'CODE' },
                      metadata: [],
                    },
                    {
                      name: 'tone',
                      kind: 'expectation',
                      value: '"kind"',
                      source: { type: 'HUMAN' },
                      metadata: [],
                    },
                  ],
          }),
        );
      }
    });

    it('finds traces with all that belongs to them, without spans', async () => {
      const { items } = await search();
      expect(await letters()).toBe('a b c d');
      for (const info of items) {
        expect(info).toEqual(await store().getTraceInfo(info.traceId));
      }
    });

    it.each([
      ["name = 'a'", 'a'],
      ["trace.name IN ('a', 'd')", 'a d'],
      ["tags.`mlflow.traceName` != 'a'", 'b c d'],
      ['timestamp_ms > 1001', 'c d'],
      ['trace.timestamp <= 1001', 'a b'],
      ['execution_time_ms < 25', 'c d'],
      ['end_time >= 1030', 'a b'],
      ["status = 'ERROR'", 'b'],
      ["status != 'ERROR' AND execution_time > 15", 'a c'],
      ["client_request_id LIKE '% c'", 'c'],
      ["tags.color = 'red'", 'a'],
      ["tags.color ILIKE 'BLUE'", 'b c'],
      ["tags.color RLIKE '^[Br]'", 'a b c'],
      ['tags.color IS NULL', 'd'],
      ['tags.color IS NOT NULL', 'a b c'],
      ["metadata.mlflow.trace.session = 's'", 'c'],
      ['request_metadata.`mlflow.trace.session` IS NULL', 'a b d'],
      ['feedback.score > 2', 'c d'],
      ["feedback.score = '1.5'", 'b'],
      ["feedback.score != '1.5'", 'c d'],
      ['feedback.score IS NULL', 'a'],
      ["expectation.tone = 'kind'", 'b c d'],
      ["expectation.tone LIKE '%in%'", 'b c d'],
      ["span.name = 'root of b'", 'b'],
      ["span.type = 'LLM'", 'a'],
      ["span.name LIKE 'root%' AND span.status = 'ERROR'", ''],
      ["span.name = 'child' AND span.status = 'ERROR'", 'a b c d'],
      ["span.attributes.model = 'model c'", 'c'],
      ["span.attributes.model LIKE '%model d%'", 'd'],
      ["span.attributes.model RLIKE '[ab]$'", 'a b'],
      ["trace.text LIKE '%model a%'", 'a'],
      ["name = 'a' OR (status = 'ERROR' AND NOT tags.color = 'red')", 'a b'],
      ["run_id = 'none'", ''],
      ["issue.id = 'none'", ''],
    ])('filters by %s', async (filter, expected) => {
      expect(await letters({ filter })).toBe(expected);
    });

    it.each([
      [[], 'd c b a'],
      [['execution_time_ms'], 'd c b a'],
      [['status', 'timestamp_ms ASC'], 'b a c d'],
      [['tags.color DESC', 'name DESC'], 'a c b d'],
      [['name DESC'], 'd c b a'],
      [['metadata.`mlflow.trace.session`', 'request_id'], 'c a b d'],
    ] as const)('sorts by %s', async (orderBy, expected) => {
      expect(await letters({ orderBy })).toBe(expected);
    });

    it('pages without repeating or leaving out', async () => {
      const names: string[] = [];
      let pageToken: string | undefined;
      for (let pages = 0; pages < 2; pages += 1) {
        const page = await search({
          maxResults: 2,
          orderBy: ['tags.color'],
          ...(pageToken && { pageToken }),
        });
        names.push(...page.items.map(({ clientRequestId = '' }) => clientRequestId));
        pageToken = page.nextPageToken;
      }
      expect(names.join()).toBe('request c,request b,request a,request d');
      expect(pageToken).toBeUndefined();
    });

    it('refuses bad filters, orders and tokens', async () => {
      for (const filter of [
        "color = 'x'",
        "status > 'OK'",
        "feedback.a > 'b'",
        "span.x = 'y'",
        'experiment_id = 1',
      ]) {
        await expectError(search({ filter }), 'INVALID_PARAMETER_VALUE');
      }
      await expectError(search({ orderBy: ['text'] }), 'INVALID_PARAMETER_VALUE');
      await expectError(
        search({ orderBy: ['client_request_id DESC', 'feedback.a'] }),
        'INVALID_PARAMETER_VALUE',
      );
      await expectError(search({ pageToken: 'nonsense' }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
