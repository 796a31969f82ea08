import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../../src/core/stores/trackingStore.js';
import type { SearchRegistry } from '../../../src/core/stores/modelRegistry.js';
import { expectError, type OpenSubject, useStore } from './subject.js';

type Search = (
  query: Partial<SearchRegistry>,
) => Promise<Page<{ readonly name: string; readonly version?: string }>>;

/** All results, read in pages of two. */
async function inPages(search: Search, query: Partial<SearchRegistry>): Promise<string[]> {
  const found: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await search({ ...query, maxResults: 2, ...(pageToken !== undefined && { pageToken }) });
    expect(page.items.length).toBeLessThanOrEqual(2);
    found.push(
      ...page.items.map(({ name, version }) => (version === undefined ? name : `${name}/${version}`)),
    );
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

export function describeSearchRegistry(open: OpenSubject): void {
  describe('search in the registry', () => {
    const store = useStore(open);
    const searchModels: Search = (query) =>
      store().searchRegisteredModels({ maxResults: 100, orderBy: [], ...query });
    const searchVersions: Search = (query) =>
      store().searchModelVersions({ maxResults: 100, orderBy: ['name', 'version_number ASC'], ...query });
    const models = async (filter: string, ...orderBy: string[]) =>
      (await inPages(searchModels, { filter, orderBy })).join(' ');
    const versions = async (filter: string) => (await inPages(searchVersions, { filter })).join(' ');

    /** Models a, B, c and a prompt p, of which a has three versions and the others one. One more of a is deleted. */
    beforeAll(async () => {
      const isPrompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
      for (const name of ['a', 'B', 'c', 'p']) {
        const tags = name === 'p' ? [isPrompt] : [{ key: 'kind', value: name === 'a' ? 'tree' : 'Linear' }];
        await store().createRegisteredModel({ name, tags });
        for (let version = 1; version <= (name === 'a' ? 4 : 1); version += 1) {
          const even = { key: 'even', value: String(version % 2 === 0) };
          const source = name === 'p' ? 'dummy-source' : `s3://bucket/${name}/${version}`;
          await store().createModelVersion({ name, source, tags: name === 'p' ? [isPrompt] : [even] });
        }
      }
      await store().deleteModelVersion('a', '4');
    });

    it.each([
      ['', 'B a c'],
      ["name = 'a'", 'a'],
      ["name != 'a'", 'B c'],
      ["name LIKE 'b%'", ''],
      ["name ILIKE 'b%'", 'B'],
      ["name IN ('a', 'c', 'p')", 'a c'],
      ["name NOT IN ('a', 'c')", 'B'],
      ["tags.kind = 'tree'", 'a'],
      ["tags.kind ILIKE 'l%' AND name != 'c'", 'B'],
      ["name = 'a' OR tags.kind LIKE 'L%'", 'B a c'],
      ["NOT (name = 'a' OR name RLIKE '^c$')", 'B'],
      ["tags.`mlflow.prompt.is_prompt` = 'true'", 'p'],
      ["tags.`mlflow.prompt.is_prompt` = 'TRUE' OR name = 'a'", 'a'],
      ["tags.`mlflow.prompt.is_prompt` != 'false' AND name LIKE 'p%'", 'p'],
      ["tags.`mlflow.prompt.is_prompt` != 'true'", 'B a c'],
      ["tags.`mlflow.prompt.is_prompt` = 'false' AND name != 'a'", 'B c'],
    ])('finds models by %s', async (filter, expected) => {
      expect(await models(filter)).toBe(expected);
    });

    it.each([
      ['', 'B/1 a/1 a/2 a/3 c/1'],
      ["name = 'a'", 'a/1 a/2 a/3'],
      ["name = 'a' AND version_number > 1", 'a/2 a/3'],
      ["name = 'a' AND version_number != '2'", 'a/1 a/3'],
      ["name IN ('B', 'c')", 'B/1 c/1'],
      ["source_path LIKE 's3://bucket/a/%' and tags.even = 'true'", 'a/2'],
      ["run_id IN ('x', 'y')", ''],
      ["tags.even != 'true' OR version_number = 2", 'B/1 a/1 a/2 a/3 c/1'],
      ["tags.`mlflow.prompt.is_prompt` = 'true'", 'p/1'],
      ["name = 'p'", ''],
    ])('finds versions by %s', async (filter, expected) => {
      expect(await versions(filter)).toBe(expected);
    });

    it('sorts', async () => {
      expect(await models('', 'name DESC')).toBe('c a B');
      // Version 4 of a was deleted last.
      expect(await models('', 'last_updated_timestamp DESC')).toMatch(/^a /);
      expect(await models('', 'timestamp ASC')).toMatch(/ a$/);
      const newest = await inPages(searchVersions, {
        orderBy: ['creation_timestamp ASC', 'name', 'version_number'],
      });
      expect([...newest].sort()).toEqual(['B/1', 'a/1', 'a/2', 'a/3', 'c/1']);
      const byNumber = await inPages(searchVersions, { orderBy: ['version_number DESC', 'name DESC'] });
      expect(byNumber.join(' ')).toBe('a/3 a/2 c/1 a/1 B/1');
    });

    it('answers models with their versions, tags and aliases', async () => {
      await store().setRegisteredModelAlias('a', 'champion', '2');
      const { items } = await store().searchRegisteredModels({
        filter: "name = 'a'",
        maxResults: 1,
        orderBy: [],
      });
      expect(items).toEqual([await store().getRegisteredModel('a')]);
    });

    it.each([
      [{ filter: "colour = 'x'" }],
      [{ filter: 'name = a' }],
      [{ filter: "name > 'a'" }],
      [{ filter: "tags.kind IN ('a')" }],
      [{ filter: 'tags.kind IS NULL' }],
      [{ filter: "attributes.name = 'a'" }],
      [{ filter: 'last_updated_timestamp > 1' }],
      [{ filter: 'version_number = 1.5' }],
      [{ filter: "version_number = 'x'" }],
      [{ filter: 'version_number IN (1)' }],
      [{ filter: "source_path IN ('a')" }],
      [{ orderBy: ['colour'] }],
      [{ orderBy: ['name', 'name DESC'] }],
      [{ orderBy: ['tags.kind'] }],
      [{ pageToken: 'nonsense' }],
      [{ maxResults: 0 }],
      [{ maxResults: 200_001 }],
    ])('refuses %j', async (query) => {
      await expectError(searchModels(query), 'INVALID_PARAMETER_VALUE');
      await expectError(searchVersions(query), 'INVALID_PARAMETER_VALUE');
    });

    it('refuses a token of another search', async () => {
      const { nextPageToken: pageToken = '' } = await searchVersions({ maxResults: 1 });
      await expectError(searchVersions({ pageToken, filter: "name = 'a'" }), 'INVALID_PARAMETER_VALUE');
      await expectError(searchModels({ pageToken }), 'INVALID_PARAMETER_VALUE');
    });
  });
}
