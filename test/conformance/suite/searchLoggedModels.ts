import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchLoggedModels } from '../../../src/core/stores/trackingStore.js';
import { expectError, freshRun, type OpenSubject, useStore } from './subject.js';

export function describeSearchLoggedModels(open: OpenSubject): void {
  describe('search for logged models', () => {
    const store = useStore(open);
    let experimentId = '';
    const search = (query: Partial<SearchLoggedModels> = {}) =>
      store().searchLoggedModels({
        experimentIds: [experimentId],
        datasets: [],
        maxResults: 100,
        orderBy: [{ fieldName: 'name', ascending: true }],
        ...query,
      });
    const names = async (query: Partial<SearchLoggedModels> = {}) =>
      (await search(query)).items.map(({ name }) => name).join(' ');

    /** Three models a, b, c with rising `acc`, measured on the datasets one, two, two; and one deleted. */
    beforeAll(async () => {
      const { info } = await freshRun(store());
      experimentId = info.experimentId;
      for (const [index, name] of ['a', 'b', 'c', 'deleted'].entries()) {
        const { modelId } = await store().createLoggedModel({
          experimentId,
          name,
          params: [{ key: 'depth', value: String(index) }],
          tags: [{ key: 'even', value: String(index % 2 === 0) }],
        });
        const measured = { modelId, datasetName: index === 0 ? 'one' : 'two', datasetDigest: 'x' };
        await store().logMetric(info.runId, {
          key: 'acc',
          value: index,
          timestamp: index,
          step: 1,
          ...measured,
        });
        if (name === 'deleted') {
          await store().deleteLoggedModel(modelId);
        }
      }
    });

    it('finds what is not deleted, with all that belongs to it', async () => {
      const { items } = await search();
      expect(items.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
      for (const model of items) {
        expect(model).toEqual(await store().getLoggedModel(model.modelId));
      }
    });

    it.each([
      ["name = 'b'", 'b'],
      ['metrics.acc > 0', 'b c'],
      ["params.depth = '0'", 'a'],
      ["tags.even = 'true'", 'a c'],
    ])('filters by %s', async (filter, expected) => {
      expect(await names({ filter })).toBe(expected);
    });

    it('filters by dataset, and sorts by metric', async () => {
      expect(await names({ datasets: [{ name: 'two' }] })).toBe('b c');
      expect(await names({ datasets: [{ name: 'two', digest: 'y' }] })).toBe('');
      expect(await names({ orderBy: [{ fieldName: 'metrics.acc', ascending: false }] })).toBe('c b a');
    });

    it('pages without repeating or leaving out', async () => {
      const first = await search({ maxResults: 2 });
      expect(first.items.map(({ name }) => name)).toEqual(['a', 'b']);
      const second = await search({ maxResults: 2, pageToken: first.nextPageToken ?? '' });
      expect(second.items.map(({ name }) => name)).toEqual(['c']);
      expect(second.nextPageToken).toBeUndefined();
    });

    it('refuses bad filters, orders and tokens', async () => {
      await expectError(search({ filter: 'name >' }), 'INVALID_PARAMETER_VALUE');
      await expectError(
        search({ orderBy: [{ fieldName: 'colour', ascending: true }] }),
        'INVALID_PARAMETER_VALUE',
      );
      await expectError(search({ pageToken: 'nonsense' }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
