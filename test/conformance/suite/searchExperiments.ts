import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchExperiments } from '../../../src/core/stores/trackingStore.js';
import { expectError, type OpenSubject, useStore } from './subject.js';

export function describeSearchExperiments(open: OpenSubject): void {
  describe('search for experiments', () => {
    const store = useStore(open);
    const search = (query: Partial<SearchExperiments> = {}) =>
      store().searchExperiments({ viewType: 'ACTIVE_ONLY', maxResults: 100, orderBy: [], ...query });
    const names = async (query: Partial<SearchExperiments> = {}) =>
      (await search(query)).items.map(({ name }) => name);

    beforeAll(async () => {
      for (const name of ['apple', 'Banana', 'cherry', 'date']) {
        await store().createExperiment({ name, tags: [{ key: 'letter', value: name.slice(0, 1) }] });
      }
      await store().deleteExperiment((await store().getExperimentByName('date')).experimentId);
    });

    it('shows the stages that are asked for', async () => {
      const byName = { orderBy: ['name ASC'] };
      expect(await names(byName)).toEqual(['Banana', 'Default', 'apple', 'cherry']);
      expect(await names({ ...byName, viewType: 'DELETED_ONLY' })).toEqual(['date']);
      expect(await names({ ...byName, viewType: 'ALL' })).toEqual([
        'Banana',
        'Default',
        'apple',
        'cherry',
        'date',
      ]);
    });

    it('filters by name and tag', async () => {
      expect(await names({ filter: "name LIKE '%an%'" })).toEqual(['Banana']);
      expect(await names({ filter: "name LIKE 'b%'" })).toEqual([]);
      expect(await names({ filter: "name ILIKE 'b%'" })).toEqual(['Banana']);
      expect(await names({ filter: "tags.letter = 'c' AND name != 'x'" })).toEqual(['cherry']);
    });

    it('brings tags along', async () => {
      const [found] = (await search({ filter: "name = 'apple'" })).items;
      expect(found?.tags).toEqual([{ key: 'letter', value: 'a' }]);
    });

    it('pages without repeating or leaving out', async () => {
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const page = await search({ maxResults: 2, orderBy: ['name DESC'], ...(pageToken && { pageToken }) });
        seen.push(...page.items.map(({ name }) => name));
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      expect(seen).toEqual(['cherry', 'apple', 'Default', 'Banana']);
    });

    it('has no next page when the last is full', async () => {
      expect((await search({ maxResults: 4 })).nextPageToken).toBeUndefined();
    });

    it('refuses bad page sizes, filters, orders and tokens', async () => {
      await expectError(search({ maxResults: 0 }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ maxResults: 50_001 }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ filter: 'name = ' }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ filter: "colour = 'red'" }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ orderBy: ['colour'] }), 'INVALID_PARAMETER_VALUE');
      await expectError(search({ pageToken: 'no token' }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
