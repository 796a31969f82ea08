import { describe, expect, it } from 'vitest';
import type { CreateRegisteredModel } from '../../../src/core/stores/modelRegistry.js';
import { asRecord, expectError, freshName, type OpenSubject, useStore } from './subject.js';

export function describeRegisteredModels(open: OpenSubject): void {
  describe('registered models', () => {
    const store = useStore(open);
    const create = (request: Partial<CreateRegisteredModel> = {}) =>
      store().createRegisteredModel({ name: freshName('model'), tags: [], ...request });
    const addVersion = (name: string) =>
      store().createModelVersion({ name, source: 's3://bucket/m', tags: [] });

    it('creates a model and reads it back', async () => {
      const before = Date.now();
      const model = await create({
        name: 'größe 値',
        description: 'what it is',
        tags: [
          { key: 'team', value: 'a' },
          { key: 'team', value: 'b' },
          { key: 'empty', value: '' },
        ],
      });
      expect(model).toMatchObject({
        name: 'größe 値',
        description: 'what it is',
        aliases: [],
        latestVersions: [],
      });
      expect(asRecord(model.tags)).toEqual({ team: 'b', empty: '' });
      expect(model.creationTime).toBeGreaterThanOrEqual(before);
      expect(model.lastUpdatedTime).toBe(model.creationTime);
      expect(await store().getRegisteredModel('größe 値')).toEqual(model);
    });

    it('gives a name once, to a model or a prompt', async () => {
      const { name } = await create();
      await expectError(
        create({ name }),
        'RESOURCE_ALREADY_EXISTS',
        `Registered Model (name=${name}) already exists.`,
      );
      const prompt = { tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] };
      await expectError(create({ name, ...prompt }), 'RESOURCE_ALREADY_EXISTS', /create a prompt with name/);
      const { name: ofPrompt } = await create(prompt);
      await expectError(create({ name: ofPrompt, ...prompt }), 'RESOURCE_ALREADY_EXISTS', /^Prompt \(name=/);
      expect((await create({ name: name.toUpperCase() })).name).toBe(name.toUpperCase());
    });

    it.each(['', ' ', 'a/b', 'a:b', '.', '..'])('refuses the name %j', async (name) => {
      await expectError(create({ name }), 'INVALID_PARAMETER_VALUE');
      await expectError(store().getRegisteredModel(name), 'INVALID_PARAMETER_VALUE');
    });

    it('changes the description, also to none', async () => {
      const { name } = await create({ description: 'first' });
      expect((await store().updateRegisteredModel(name, 'second')).description).toBe('second');
      expect((await store().updateRegisteredModel(name, undefined)).description ?? '').toBe('');
    });

    it('renames a model with everything that belongs to it', async () => {
      const { name } = await create({ tags: [{ key: 'k', value: 'v' }] });
      await addVersion(name);
      await store().setModelVersionTag(name, '1', { key: 'of', value: 'version' });
      await store().setRegisteredModelAlias(name, 'champion', '1');
      const newName = freshName('renamed');
      const renamed = await store().renameRegisteredModel(name, newName);
      expect(renamed).toMatchObject({ name: newName, tags: [{ key: 'k', value: 'v' }] });
      const version = await store().getModelVersionByAlias(newName, 'champion');
      expect(version).toMatchObject({ name: newName, version: '1', tags: [{ key: 'of', value: 'version' }] });
      await expectError(store().getRegisteredModel(name), 'RESOURCE_DOES_NOT_EXIST');
      const other = await create();
      await expectError(store().renameRegisteredModel(newName, other.name), 'RESOURCE_ALREADY_EXISTS');
      await expectError(store().renameRegisteredModel(newName, ' '), 'INVALID_PARAMETER_VALUE', /new_name/);
      await expectError(store().renameRegisteredModel('unknown', 'x'), 'RESOURCE_DOES_NOT_EXIST');
      expect((await store().renameRegisteredModel(newName, newName)).name).toBe(newName);
    });

    it('deletes a model with its versions, tags and aliases, whose name is free again', async () => {
      const { name } = await create({ tags: [{ key: 'k', value: 'v' }] });
      await addVersion(name);
      await store().setModelVersionTag(name, '1', { key: 'a', value: 'b' });
      await store().setRegisteredModelAlias(name, 'champion', '1');
      await store().deleteRegisteredModel(name);
      await expectError(store().getModelVersion(name, '1'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(
        store().deleteRegisteredModel(name),
        'RESOURCE_DOES_NOT_EXIST',
        `name=${name} not found`,
      );
      expect(await create({ name })).toMatchObject({ tags: [], aliases: [] });
      expect(await addVersion(name)).toMatchObject({ version: '1', tags: [], aliases: [] });
    });

    it('sets, overwrites and deletes tags', async () => {
      const { name } = await create();
      await store().setRegisteredModelTag(name, { key: 'a', value: '1' });
      await store().setRegisteredModelTag(name, { key: 'a', value: 'größe' });
      await store().setRegisteredModelTag(name, { key: 'b', value: 'x'.repeat(100_000) });
      expect(asRecord((await store().getRegisteredModel(name)).tags)).toEqual({
        a: 'größe',
        b: 'x'.repeat(100_000),
      });
      await store().deleteRegisteredModelTag(name, 'b');
      await store().deleteRegisteredModelTag(name, 'b');
      expect((await store().getRegisteredModel(name)).tags).toEqual([{ key: 'a', value: 'größe' }]);
    });

    it('refuses bad tags, and those of models that are not there', async () => {
      const { name } = await create();
      for (const tag of [
        { key: 'a?', value: '' },
        { key: '../a', value: '' },
        { key: 'k'.repeat(251), value: '' },
        { key: 'k', value: 'v'.repeat(100_001) },
      ]) {
        await expectError(store().setRegisteredModelTag(name, tag), 'INVALID_PARAMETER_VALUE');
        await expectError(create({ tags: [tag] }), 'INVALID_PARAMETER_VALUE');
      }
      const tag = { key: 'k', value: 'v' };
      await expectError(store().setRegisteredModelTag('unknown', tag), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().deleteRegisteredModelTag('unknown', 'k'), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('answers the newest version at each stage', async () => {
      const { name } = await create();
      for (const stage of ['Production', 'None', 'Staging', 'Staging', 'Production']) {
        const { version } = await addVersion(name);
        const request = { name, version, stage, archiveExistingVersions: false };
        await store().transitionModelVersionStage(request);
      }
      await store().setRegisteredModelAlias(name, 'champion', '5');
      const { latestVersions } = await store().getRegisteredModel(name);
      expect(latestVersions.map(({ stage, version }) => [stage, version])).toEqual([
        ['Production', '5'],
        ['None', '2'],
        ['Staging', '4'],
      ]);
      const ofStages = async (...stages: string[]) =>
        (await store().getLatestVersions(name, stages)).map(({ version, aliases }) => [version, ...aliases]);
      expect(await ofStages()).toEqual([['5', 'champion'], ['2'], ['4']]);
      expect(await ofStages('staging', 'Archived')).toEqual([['4']]);
      await expectError(store().getLatestVersions(name, ['Best']), 'INVALID_PARAMETER_VALUE', /stage: Best/);
      await expectError(store().getLatestVersions('unknown', []), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('sets, moves and deletes aliases', async () => {
      const { name } = await create();
      await addVersion(name);
      await addVersion(name);
      await store().setRegisteredModelAlias(name, 'größter-1_', '1');
      await store().setRegisteredModelAlias(name, 'champion', '1');
      await store().setRegisteredModelAlias(name, 'champion', '2');
      expect((await store().getRegisteredModel(name)).aliases).toEqual([
        { alias: 'champion', version: '2' },
        { alias: 'größter-1_', version: '1' },
      ]);
      expect((await store().getModelVersionByAlias(name, 'champion')).version).toBe('2');
      expect((await store().getModelVersion(name, '2')).aliases).toEqual(['champion']);
      await store().deleteRegisteredModelAlias(name, 'champion');
      await store().deleteRegisteredModelAlias(name, 'champion');
      const gone = 'Registered model alias champion not found.';
      await expectError(store().getModelVersionByAlias(name, 'champion'), 'INVALID_PARAMETER_VALUE', gone);
      expect((await store().getModelVersionByAlias(name, 'Latest')).version).toBe('2');
    });

    it('refuses aliases that mean something else, or nothing', async () => {
      const { name } = await create();
      await addVersion(name);
      for (const alias of ['', 'latest', 'LATEST', 'v1', 'V20', 'a b', 'a/b', 'a.b', 'a'.repeat(256)]) {
        await expectError(store().setRegisteredModelAlias(name, alias, '1'), 'INVALID_PARAMETER_VALUE');
      }
      await expectError(
        store().setRegisteredModelAlias(name, 'a', 'x'),
        'INVALID_PARAMETER_VALUE',
        /integer/,
      );
      await expectError(store().setRegisteredModelAlias(name, 'a', '2'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().getModelVersionByAlias('unknown', 'a'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().deleteRegisteredModelAlias('unknown', 'a'), 'RESOURCE_DOES_NOT_EXIST');
      const { name: empty } = await create();
      await expectError(
        store().getModelVersionByAlias(empty, 'latest'),
        'RESOURCE_DOES_NOT_EXIST',
        /Latest version/,
      );
    });
  });
}
