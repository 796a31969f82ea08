import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import {
  compileModelVersions,
  compileRegisteredModels,
  type RegistrySearch,
} from '../../../src/core/search/compileRegistry.js';
import { MODEL_VERSION_SEARCH } from '../../../src/core/search/entities.js';
import { withPromptsHidden } from '../../../src/core/search/hiddenPrompts.js';
import { selectPage } from '../../../src/core/search/keyset.js';
import { parseFilter } from '../../../src/core/search/parseFilter.js';
import { KNOWN_REVISIONS, schemaOf } from '../../../src/server/sqlite/schemas/index.js';

/** The oldest and the newest schema, without and with workspaces. */
const DATABASES = [0, -1].map((at) => {
  const database = new DatabaseSync(':memory:');
  const revision = KNOWN_REVISIONS.at(at) ?? '';
  schemaOf(revision).forEach((sql) => database.exec(sql));
  return { revision, database, hasWorkspaces: at !== 0 };
});

afterAll(() => DATABASES.forEach(({ database }) => database.close()));

describe.each(DATABASES)('searches in the registry at $revision', ({ database, hasWorkspaces }) => {
  const searches = (search: Omit<RegistrySearch, 'hasWorkspaces'>) =>
    [compileRegisteredModels, compileModelVersions].map((compile) =>
      selectPage(compile({ ...search, hasWorkspaces }), '1', { limit: 10 }),
    );

  it('bind values, which are never part of the SQL', () => {
    const nasty = `x'); DROP TABLE model_versions; --`;
    for (const { sql, params } of searches({
      filter: `tags.\`${nasty}\` LIKE "${nasty}" OR name IN ("${nasty}")`,
      orderBy: [],
    })) {
      expect(sql).not.toContain('DROP');
      expect(params.join('\n')).toContain(nasty);
      expect(database.prepare(sql).all(...params)).toEqual([]);
    }
  });

  it('look tags up by an index', () => {
    for (const { sql, params } of searches({ filter: "tags.a = 'b' AND name = 'c'", orderBy: ['name'] })) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params);
      const ofTags = plan.map(({ detail }) => String(detail)).filter((detail) => / x\b/.test(detail));
      expect(ofTags).toHaveLength(2);
      ofTags.forEach((detail) => expect(detail).toMatch(/^SEARCH x (EXISTS )?USING/));
    }
  });
});

describe('prompts', () => {
  const TAG = 'tags.`mlflow.prompt.is_prompt`';
  const hides = (filter: string) => withPromptsHidden(parseFilter(filter, MODEL_VERSION_SEARCH)).hidesPrompts;

  it.each([`${TAG} = 'true'`, `${TAG} = 'TRUE'`, `${TAG} != 'false'`, `name = 'a' OR ${TAG} = 'true'`])(
    'are found by %s',
    (filter) => expect(hides(filter)).toBe(false),
  );

  it.each([
    '',
    "name = 'a'",
    `${TAG} = 'false'`,
    `${TAG} != 'true'`,
    `${TAG} LIKE 'true'`,
    `${TAG} = 'x' AND ${TAG} = 'true'`,
  ])('are hidden by %s', (filter) => expect(hides(filter)).toBe(true));

  it('are no condition where they are hidden', () => {
    const filter = parseFilter(`NOT (name = 'a' OR ${TAG} != 'true')`, MODEL_VERSION_SEARCH);
    expect(JSON.stringify(withPromptsHidden(filter).filter)).not.toContain('is_prompt');
  });
});
