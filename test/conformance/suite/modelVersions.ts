import { describe, expect, it } from 'vitest';
import type { CreateModelVersion } from '../../../src/core/stores/modelRegistry.js';
import {
  asRecord,
  expectError,
  freshExperiment,
  freshName,
  freshRun,
  freshRunId,
  type OpenSubject,
  useStore,
} from './subject.js';

export function describeModelVersions(open: OpenSubject): void {
  describe('model versions', () => {
    const store = useStore(open);
    const freshModel = async () =>
      (await store().createRegisteredModel({ name: freshName('model'), tags: [] })).name;
    const create = async (request: Partial<CreateModelVersion> = {}) => {
      const name = request.name ?? (await freshModel());
      return store().createModelVersion({ source: 's3://bucket/model', tags: [], ...request, name });
    };
    const transition = (name: string, version: string, stage: string, archiveExistingVersions = false) =>
      store().transitionModelVersionStage({ name, version, stage, archiveExistingVersions });
    const stagesOf = async (name: string) => {
      const query = { filter: `name = '${name}'`, orderBy: ['version_number ASC'], maxResults: 100 };
      return (await store().searchModelVersions(query)).items.map(({ stage }) => stage).join(' ');
    };

    it('creates versions from 1 on and reads them back', async () => {
      const runId = await freshRunId(store());
      const version = await create({
        source: `runs:/${runId}/model`,
        runId,
        runLink: 'https://example.org/run',
        description: 'naïve',
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      });
      expect(version).toMatchObject({
        version: '1',
        stage: 'None',
        source: `runs:/${runId}/model`,
        runId,
        runLink: 'https://example.org/run',
        status: 'READY',
        description: 'naïve',
        tags: [{ key: 'a', value: '2' }],
        aliases: [],
      });
      expect(version.lastUpdatedTime).toBe(version.creationTime);
      expect(await store().getModelVersion(version.name, ' 1 ')).toEqual(version);
      expect((await create({ name: version.name })).version).toBe('2');
      const model = await store().getRegisteredModel(version.name);
      expect(model.latestVersions.map((latest) => latest.version)).toEqual(['2']);
    });

    it('gives every one of many creators a number of its own', async () => {
      const name = await freshModel();
      const made = await Promise.all(Array.from({ length: 20 }, () => create({ name })));
      const numbers = made.map(({ version }) => Number(version)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it('makes versions of logged models, which tell of it', async () => {
      const { info } = await freshRun(store());
      const { experimentId, runId: sourceRunId } = info;
      const model = await store().createLoggedModel({ experimentId, sourceRunId, params: [], tags: [] });
      const source = { source: `models:/${model.modelId}`, modelId: model.modelId };
      const first = await create({ name: 'from ü "model"', ...source }).catch(() => undefined);
      expect(first).toBeUndefined();
      await store().createRegisteredModel({ name: 'from ü "model"', tags: [] });
      const version = await create({ name: 'from ü "model"', ...source });
      await create({ name: 'from ü "model"', ...source });
      expect(version).toMatchObject({ runId: sourceRunId, source: source.source });
      expect(await store().getModelVersionDownloadUri(version.name, '1')).toBe(model.artifactUri);
      const { tags } = await store().getLoggedModel(model.modelId);
      const name = String.raw`"from \u00fc \"model\""`;
      expect(asRecord(tags)).toEqual({
        'mlflow.modelVersions': `[{"name": ${name}, "version": 1}, {"name": ${name}, "version": 2}]`,
      });
      const unknown = { source: 'models:/m-unknown', modelId: 'm-unknown' };
      await expectError(create(unknown), 'RESOURCE_DOES_NOT_EXIST', /m-unknown/);
    });

    it('notes every version at its logged model, of many made at once', async () => {
      const experimentId = await freshExperiment(store());
      const { modelId } = await store().createLoggedModel({ experimentId, params: [], tags: [] });
      const name = await freshModel();
      const source = { name, source: `models:/${modelId}`, modelId };
      await Promise.all(Array.from({ length: 5 }, () => create(source)));
      const { tags } = await store().getLoggedModel(modelId);
      const noted = JSON.parse(asRecord(tags)['mlflow.modelVersions'] ?? '') as unknown;
      expect(noted).toEqual([1, 2, 3, 4, 5].map((version) => ({ name, version })));
    });

    it('makes versions of other versions, kept where those are', async () => {
      const { name } = await create({ source: 's3://bucket/original' });
      const copy = await create({ source: `models:/${name}/1` });
      expect(copy.source).toBe(`models:/${name}/1`);
      expect(await store().getModelVersionDownloadUri(copy.name, '1')).toBe('s3://bucket/original');
      await expectError(create({ source: `models:/${name}/2` }), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(create({ source: 'models:/a/b/c' }), 'INVALID_PARAMETER_VALUE', /source/);
    });

    it('moves versions between stages and archives those that were there', async () => {
      const name = await freshModel();
      for (let each = 0; each < 3; each += 1) {
        await create({ name });
      }
      expect((await transition(name, '1', 'production')).stage).toBe('Production');
      await transition(name, '2', 'Production');
      expect(await stagesOf(name)).toBe('Production Production None');
      await transition(name, '3', 'PRODUCTION', true);
      expect(await stagesOf(name)).toBe('Archived Archived Production');
      await expectError(transition(name, '3', 'Best'), 'INVALID_PARAMETER_VALUE', /stage: Best/);
      await expectError(transition(name, '3', 'Deleted_Internal'), 'INVALID_PARAMETER_VALUE');
      await expectError(
        transition(name, '3', 'Archived', true),
        'INVALID_PARAMETER_VALUE',
        /not an Active stage/,
      );
      await expectError(transition(name, '4', 'Staging', true), 'RESOURCE_DOES_NOT_EXIST');
      expect(await stagesOf(name)).toBe('Archived Archived Production');
    });

    it('changes the description, also to none', async () => {
      const { name } = await create();
      expect((await store().updateModelVersion(name, '1', 'new')).description).toBe('new');
      expect((await store().updateModelVersion(name, '1', undefined)).description).toBeUndefined();
    });

    it('deletes versions for good, without giving their numbers again', async () => {
      const { name } = await create({ tags: [{ key: 'k', value: 'v' }] });
      await create({ name });
      await store().setRegisteredModelAlias(name, 'champion', '2');
      await store().deleteModelVersion(name, '2');
      await expectError(
        store().getModelVersion(name, '2'),
        'RESOURCE_DOES_NOT_EXIST',
        `Model Version (name=${name}, version=2) not found`,
      );
      await expectError(store().deleteModelVersion(name, '2'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().setRegisteredModelAlias(name, 'champion', '2'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(transition(name, '2', 'Staging'), 'RESOURCE_DOES_NOT_EXIST');
      const model = await store().getRegisteredModel(name);
      expect(model.aliases).toEqual([]);
      expect(model.latestVersions.map(({ version }) => version)).toEqual(['1']);
      expect(await stagesOf(name)).toBe('None');
      expect((await create({ name })).version).toBe('3');
    });

    it('sets, overwrites and deletes tags', async () => {
      const { name } = await create();
      await store().setModelVersionTag(name, '1', { key: 'a', value: '1' });
      await store().setModelVersionTag(name, '1', { key: 'a', value: '2' });
      await store().setModelVersionTag(name, '1', { key: 'b', value: '' });
      expect(asRecord((await store().getModelVersion(name, '1')).tags)).toEqual({ a: '2', b: '' });
      await store().deleteModelVersionTag(name, '1', 'a');
      await store().deleteModelVersionTag(name, '1', 'a');
      expect((await store().getModelVersion(name, '1')).tags).toEqual([{ key: 'b', value: '' }]);
      const tooLong = { key: 'mlflow.prompt.text', value: 'x'.repeat(100_001) };
      await expectError(
        store().setModelVersionTag(name, '1', tooLong),
        'INVALID_PARAMETER_VALUE',
        /Prompt text/,
      );
      await expectError(
        store().setModelVersionTag(name, '1', { key: 'a?', value: '' }),
        'INVALID_PARAMETER_VALUE',
      );
      await expectError(
        store().setModelVersionTag(name, '9', { key: 'a', value: '' }),
        'RESOURCE_DOES_NOT_EXIST',
      );
      await expectError(store().deleteModelVersionTag(name, '9', 'a'), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('does not find what is not there, and refuses what is no number', async () => {
      const { name } = await create();
      const message = "Parameter 'version' must be an integer, got 'x'.";
      await expectError(store().getModelVersion(name, 'x'), 'INVALID_PARAMETER_VALUE', message);
      await expectError(store().getModelVersionDownloadUri(name, '1.5'), 'INVALID_PARAMETER_VALUE');
      await expectError(store().getModelVersion('unknown', '1'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().updateModelVersion(name, '2', ''), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(create({ name: 'unknown' }), 'RESOURCE_DOES_NOT_EXIST', 'name=unknown not found');
    });
  });
}
