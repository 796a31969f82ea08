import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchRuns } from '../../../src/core/stores/trackingStore.js';
import { expectError, freshExperiment, freshRunId, type OpenSubject, useStore } from './subject.js';

export function describeSearchRuns(open: OpenSubject): void {
  describe('search for runs', () => {
    const store = useStore(open);
    let experimentId = '';
    const search = (query: Partial<SearchRuns> = {}) =>
      store().searchRuns({
        experimentIds: [experimentId],
        viewType: 'ACTIVE_ONLY',
        maxResults: 100,
        orderBy: ['attributes.start_time ASC'],
        ...query,
      });
    const names = async (query: Partial<SearchRuns> = {}) =>
      (await search(query)).items.map(({ info }) => info.runName).join(' ');

    /** Five runs, a to e: `acc` rises, NaN at d, and e has none; `deleted` is in the trash. */
    beforeAll(async () => {
      experimentId = await freshExperiment(store());
      const accuracies = [0.1, 0.5, 0.9, Number.NaN, undefined];
      for (const [index, runName] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        const runId = await freshRunId(store(), { experimentId, runName, startTime: 1000 + index });
        const value = accuracies[index];
        await store().logBatch({
          runId,
          metrics: value === undefined ? [] : [{ key: 'acc', value, timestamp: 1, step: index }],
          params: [{ key: 'kind', value: index % 2 === 0 ? 'Even' : 'odd' }],
          tags: index === 1 ? [{ key: 'my tag', value: "it's" }] : [],
        });
      }
      await store().deleteRun(
        await freshRunId(store(), { experimentId, runName: 'deleted', startTime: 2000 }),
      );
    });

    it('finds everything, the newest first', async () => {
      expect(await names({ orderBy: [] })).toBe('e d c b a');
    });

    it('brings along what getRun does', async () => {
      for (const run of (await search()).items) {
        expect(run).toEqual(await store().getRun(run.info.runId));
      }
    });

    it('brings the metric and the tags of an excerpt', async () => {
      const excerpt = { metric: 'acc', tags: ['my tag'] };
      const [a, b, , d, e] = (await search({ excerpt })).items;
      expect(a).toEqual({ ...a, params: [], tags: [], metrics: [expect.objectContaining({ value: 0.1 })] });
      expect(b?.tags).toEqual([{ key: 'my tag', value: "it's" }]);
      expect(d?.metrics).toEqual([expect.objectContaining({ key: 'acc', value: Number.NaN, step: 3 })]);
      expect(e?.metrics).toEqual([]);
      expect(a?.info).toEqual((await search()).items[0]?.info);
    });

    it('brings the first metric by name where the excerpt names none', async () => {
      const runId = await freshRunId(store(), { experimentId: await freshExperiment(store()) });
      const metrics = ['b', 'a', 'c'].map((key, step) => ({ key, value: step, timestamp: 1, step }));
      await store().logBatch({ runId, metrics, params: [], tags: [] });
      const filter = `attributes.run_id = '${runId}'`;
      const { experimentId: ofRun } = (await store().getRun(runId)).info;
      const excerpt = { metric: '', tags: [] };
      const [run] = (await search({ experimentIds: [ofRun], filter, excerpt })).items;
      expect(run?.metrics).toEqual([{ key: 'a', value: 1, timestamp: 1, step: 1 }]);
      const none = await search({ experimentIds: [ofRun], filter, excerpt: { metric: 'd', tags: [] } });
      expect(none.items[0]?.metrics).toEqual([]);
    });

    it('shows the stages that are asked for', async () => {
      expect(await names({ viewType: 'DELETED_ONLY' })).toBe('deleted');
      expect(await names({ viewType: 'ALL' })).toBe('a b c d e deleted');
    });

    it('looks into the experiments that are named, and into none where none are', async () => {
      expect(await names({ experimentIds: [] })).toBe('');
      expect(await names({ experimentIds: ['0', '987654'] })).toBe('');
      expect(await names({ experimentIds: ['0', experimentId] })).toBe('a b c d e');
    });

    it.each([
      ['metrics.acc > 0.1', 'b c'],
      ['metrics.acc >= 0.1 and metric.acc < 0.9', 'a b'],
      ["params.kind = 'Even'", 'a c e'],
      ["params.kind LIKE 'e%'", ''],
      ["parameters.kind ILIKE 'e%'", 'a c e'],
      ["params.kind != 'Even'", 'b d'],
      ['tags.`my tag` = "it\'s"', 'b'],
      ["attributes.run_name = 'c'", 'c'],
      ["run_name LIKE '%d%'", 'd'],
      ['start_time > 1002', 'd e'],
      ["attributes.status = 'RUNNING' AND start_time <= 1001", 'a b'],
      ["user_id = 'nobody'", ''],
    ])('filters by %s', async (filter, expected) => {
      expect(await names({ filter })).toBe(expected);
    });

    it('filters by run ids', async () => {
      const [first, second] = (await search()).items.map(({ info }) => info.runId);
      expect(await names({ filter: `run_id IN ('${first ?? ''}', '${second ?? ''}')` })).toBe('a b');
      expect(await names({ filter: `run_id = '${second ?? ''}'` })).toBe('b');
    });

    it('sorts by metrics, with NaN and then nothing at the end either way', async () => {
      expect(await names({ orderBy: ['metrics.acc ASC'] })).toBe('a b c d e');
      expect(await names({ orderBy: ['metrics.acc DESC'] })).toBe('c b a d e');
    });

    it('sorts by parameters and attributes, then by start, the newest first', async () => {
      expect(await names({ orderBy: ['params.kind ASC'] })).toBe('e c a d b');
      expect(await names({ orderBy: ['params.kind DESC', 'attributes.run_name ASC'] })).toBe('b d a c e');
    });

    it.each([
      [[]],
      [['metrics.acc DESC']],
      [['params.kind ASC']],
      [['attributes.end_time DESC', 'tags.`my tag`']],
    ])('pages in the order %j without repeating or leaving out', async (orderBy: string[]) => {
      const paged: string[] = [];
      let pageToken: string | undefined;
      do {
        const page = await search({ orderBy, maxResults: 2, ...(pageToken && { pageToken }) });
        paged.push(...page.items.map(({ info }) => info.runName));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      expect(paged.join(' ')).toBe(await names({ orderBy }));
    });

    it('goes on after the last run it showed, though newer ones came meanwhile', async () => {
      const experiment = await freshExperiment(store());
      const add = (runName: string, startTime: number) =>
        freshRunId(store(), { experimentId: experiment, runName, startTime });
      await add('old', 1);
      await add('middle', 2);
      const query = { experimentIds: [experiment], orderBy: [], maxResults: 1 };
      const first = await search(query);
      await add('new', 3);
      expect(first.items[0]?.info.runName).toBe('middle');
      expect(await names({ ...query, pageToken: first.nextPageToken ?? '' })).toBe('old');
    });

    it('refuses bad page sizes, filters, orders, tokens and experiment ids', async () => {
      await expectError(search({ maxResults: 0 }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ maxResults: 50_001 }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ filter: 'metrics.acc >' }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ filter: "metrics.acc = 'high'" }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ filter: "'; DROP TABLE runs; --" }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ orderBy: ['metrics.acc SIDEWAYS'] }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ pageToken: 'nonsense' }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ experimentIds: ['one'] }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
