import { describe, expect, it } from 'vitest';
import type { StoreChange } from '../../../../src/core/domain/changes.js';
import { KNOWN_REVISIONS } from '../../../../src/server/sqlite/schemas/index.js';
import { openTestStore, otherConnection, testPath, valueOf } from './support.js';

const version = (name: string) => ({ name, source: 's3://bucket/a', tags: [{ key: 'k', value: 'v' }] });

describe('the registry', () => {
  it('tells of the models that a commit changes', async () => {
    const { store, onDidChange } = openTestStore(testPath());
    await store.createRegisteredModel({ name: 'a', tags: [] });
    const changes: StoreChange[] = [];
    onDidChange((change) => changes.push(change));
    const changed = async (write: Promise<unknown>): Promise<string[]> => {
      await write;
      const told = changes.splice(0);
      expect(told.every(({ everything, runs }) => !everything && runs.length === 0)).toBe(true);
      return told.flatMap(({ registeredModels }) => registeredModels);
    };
    expect(await changed(store.createModelVersion(version('a')))).toEqual(['a']);
    expect(await changed(store.setModelVersionTag('a', '1', { key: 'x', value: '' }))).toEqual(['a']);
    expect(await changed(store.setRegisteredModelAlias('a', 'champion', '1'))).toEqual(['a']);
    const stage = { name: 'a', version: '1', stage: 'Staging', archiveExistingVersions: true };
    expect(await changed(store.transitionModelVersionStage(stage))).toEqual(['a']);
    expect(await changed(store.renameRegisteredModel('a', 'b'))).toEqual(['a', 'b']);
    expect(await changed(store.deleteModelVersion('b', '1'))).toEqual(['b']);
    expect(await changed(store.deleteRegisteredModel('b'))).toEqual(['b']);
  });

  it('leaves nothing of a model that is deleted', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    await store.createRegisteredModel({ name: 'a', tags: [{ key: 'k', value: 'v' }] });
    await store.createModelVersion(version('a'));
    await store.setRegisteredModelAlias('a', 'champion', '1');
    await store.deleteRegisteredModel('a');
    for (const table of [
      'registered_models',
      'model_versions',
      'registered_model_tags',
      'model_version_tags',
      'registered_model_aliases',
    ]) {
      expect(valueOf(path, `SELECT count(*) FROM ${table}`), table).toBe(0);
    }
  });

  it('says nothing of a version that is deleted', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    await store.createRegisteredModel({ name: 'a', tags: [] });
    await store.createModelVersion({ ...version('a'), runId: 'r', runLink: 'l', description: 'd' });
    await store.deleteModelVersion('a', '1');
    const said =
      "source || ' ' || run_id || ' ' || run_link || ' ' || current_stage || ' ' || ifnull(description, '-')";
    expect(valueOf(path, `SELECT ${said} FROM model_versions`)).toBe(
      'REDACTED-SOURCE-PATH REDACTED-RUN-ID REDACTED-RUN-LINK Deleted_Internal -',
    );
  });

  it('sees and changes only what is in the default workspace', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    await store.createRegisteredModel({ name: 'a', tags: [{ key: 'k', value: 'ours' }] });
    await store.createModelVersion(version('a'));
    otherConnection(path).exec(`
      INSERT INTO registered_models (name, workspace) VALUES ('a', 'team'), ('b', 'team');
      INSERT INTO registered_model_tags (name, workspace, key, value) VALUES ('a', 'team', 'k', 'theirs');
      INSERT INTO model_versions (name, workspace, version, current_stage, status) VALUES ('a', 'team', 7, 'None', 'READY');
      INSERT INTO model_version_tags (name, workspace, version, key, value) VALUES ('a', 'team', 7, 'k', 'theirs');
    `);
    const all = { maxResults: 100, orderBy: [] };
    expect((await store.searchRegisteredModels(all)).items.map(({ name }) => name)).toEqual(['a']);
    expect((await store.searchRegisteredModels({ ...all, filter: "tags.k = 'theirs'" })).items).toEqual([]);
    expect((await store.searchModelVersions(all)).items).toMatchObject([{ version: '1' }]);
    expect(await store.getRegisteredModel('a')).toMatchObject({
      tags: [{ value: 'ours' }],
      latestVersions: [{ version: '1' }],
    });
    expect((await store.createModelVersion(version('a'))).version).toBe('2');
    await store.renameRegisteredModel('a', 'b');
    await store.deleteRegisteredModel('b');
    expect(valueOf(path, 'SELECT group_concat(name) FROM registered_models')).toBe('a,b');
    expect(valueOf(path, 'SELECT value FROM registered_model_tags')).toBe('theirs');
    expect(valueOf(path, 'SELECT version FROM model_version_tags')).toBe(7);
  });

  it.each(KNOWN_REVISIONS)('works at revision %s', async (createRevision) => {
    const { store } = openTestStore(testPath(), { createRevision });
    await store.createRegisteredModel({ name: 'a', tags: [{ key: 'k', value: 'v' }] });
    await store.createModelVersion(version('a'));
    await store.setModelVersionTag('a', '1', { key: 'k', value: 'w' });
    await store.setRegisteredModelAlias('a', 'champion', '1');
    await store.setRegisteredModelTag('a', { key: 'k', value: 'w' });
    await store.renameRegisteredModel('a', 'b');
    const found = await store.searchModelVersions({
      maxResults: 9,
      orderBy: [],
      filter: "name = 'b' AND tags.k = 'w'",
    });
    expect(found.items).toMatchObject([{ version: '1', tags: [{ key: 'k', value: 'w' }] }]);
    expect(await store.getModelVersionByAlias('b', 'champion')).toMatchObject({ name: 'b', version: '1' });
    await store.deleteRegisteredModel('b');
    expect((await store.searchRegisteredModels({ maxResults: 9, orderBy: [] })).items).toEqual([]);
  });

  it('names the upgrade where a logged model is the source and the database is too old', async () => {
    const { store } = openTestStore(testPath(), { createRevision: KNOWN_REVISIONS[0] ?? '' });
    await store.createRegisteredModel({ name: 'a', tags: [] });
    const request = { ...version('a'), source: 'models:/m-1', modelId: 'm-1' };
    await expect(store.createModelVersion(request)).rejects.toMatchObject({
      code: 'NOT_IMPLEMENTED',
      message: expect.stringContaining('mlflow db upgrade') as string,
    });
  });
});
