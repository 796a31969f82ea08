import { describe, expect, it } from 'vitest';
import { expectError, freshExperiment, freshName, freshRun, type OpenSubject, useStore } from './subject.js';

const UNKNOWN = '987654';

export function describeExperiments(open: OpenSubject): void {
  describe('experiments', () => {
    const store = useStore(open);

    it('has the default experiment from the start', async () => {
      expect(await store().getExperiment('0')).toMatchObject({
        experimentId: '0',
        name: 'Default',
        lifecycleStage: 'active',
        tags: [],
      });
      expect((await store().getExperimentByName('Default')).experimentId).toBe('0');
    });

    it('creates an experiment with an id, times, tags and a place for artifacts below the root', async () => {
      const name = freshName('Fische & Vögel 🐟');
      const before = Date.now();
      const id = await store().createExperiment({ name, tags: [{ key: 'team', value: 'α' }] });
      expect(id).toMatch(/^\d+$/);
      const experiment = await store().getExperiment(id);
      expect(experiment).toMatchObject({ experimentId: id, name, lifecycleStage: 'active' });
      expect(experiment.tags).toEqual([{ key: 'team', value: 'α' }]);
      expect(experiment.creationTime).toBeGreaterThanOrEqual(before);
      expect(experiment.lastUpdateTime).toBe(experiment.creationTime);
      expect(experiment.artifactLocation).toMatch(new RegExp(`/${id}$`));
      expect(await store().getExperimentByName(name)).toEqual(experiment);
    });

    it('numbers experiments upwards', async () => {
      const first = Number(await freshExperiment(store()));
      expect(Number(await freshExperiment(store()))).toBe(first + 1);
    });

    it('keeps an artifact location that is named', async () => {
      const location = 's3://bucket/some/path?x=1';
      const id = await store().createExperiment({ name: freshName(), artifactLocation: location, tags: [] });
      expect((await store().getExperiment(id)).artifactLocation).toBe(location);
      const { info } = await freshRun(store(), { experimentId: id });
      expect(info.artifactUri).toBe(`s3://bucket/some/path/${info.runId}/artifacts?x=1`);
    });

    it('refuses a name that is taken, also by a deleted experiment', async () => {
      const name = freshName();
      const id = await store().createExperiment({ name, tags: [] });
      const again = () => store().createExperiment({ name, tags: [] });
      await expectError(again(), 'RESOURCE_ALREADY_EXISTS', /already exists/);
      await store().deleteExperiment(id);
      await expectError(again(), 'RESOURCE_ALREADY_EXISTS');
    });

    it('refuses names that are blank or too long', async () => {
      const create = (name: string) => store().createExperiment({ name, tags: [] });
      await expectError(create('   '), 'INVALID_PARAMETER_VALUE');
      await expectError(
        create('x'.repeat(501)),
        'INVALID_PARAMETER_VALUE',
        /exceeds the maximum length of 500/,
      );
      await expect(create(`${freshName()}${'🐟'.repeat(480)}`)).resolves.toMatch(/^\d+$/);
    });

    it('does not find what is not there', async () => {
      await expectError(
        store().getExperiment(UNKNOWN),
        'RESOURCE_DOES_NOT_EXIST',
        /No Experiment with id=987654/,
      );
      await expectError(store().getExperimentByName(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().renameExperiment(UNKNOWN, 'x'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().deleteExperiment(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().restoreExperiment(UNKNOWN), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(
        store().setExperimentTag(UNKNOWN, { key: 'k', value: 'v' }),
        'RESOURCE_DOES_NOT_EXIST',
      );
      await expectError(store().getExperiment('one'), 'INVALID_PARAMETER_VALUE');
    });

    it('renames', async () => {
      const id = await freshExperiment(store());
      const name = freshName('renamed');
      await store().renameExperiment(id, name);
      expect((await store().getExperiment(id)).name).toBe(name);
      expect((await store().getExperimentByName(name)).experimentId).toBe(id);
    });

    it('refuses to rename to a taken or blank name, or a deleted experiment', async () => {
      const id = await freshExperiment(store());
      await expectError(store().renameExperiment(id, 'Default'), 'BAD_REQUEST');
      await expectError(store().renameExperiment(id, ''), 'INVALID_PARAMETER_VALUE');
      await store().deleteExperiment(id);
      await expectError(store().renameExperiment(id, freshName()), 'INVALID_STATE', /non-active/);
    });

    it('deletes and restores an experiment with its runs', async () => {
      const experimentId = await freshExperiment(store());
      const { info } = await freshRun(store(), { experimentId });
      await store().deleteExperiment(experimentId);
      expect((await store().getExperiment(experimentId)).lifecycleStage).toBe('deleted');
      expect((await store().getRun(info.runId)).info.lifecycleStage).toBe('deleted');
      await expectError(store().deleteExperiment(experimentId), 'RESOURCE_DOES_NOT_EXIST');
      await store().restoreExperiment(experimentId);
      expect((await store().getExperiment(experimentId)).lifecycleStage).toBe('active');
      expect((await store().getRun(info.runId)).info.lifecycleStage).toBe('active');
      await expectError(store().restoreExperiment(experimentId), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('takes no run, model or tag into a deleted experiment', async () => {
      const experimentId = await freshExperiment(store());
      await store().deleteExperiment(experimentId);
      const message = /must be in the 'active' state/;
      await expectError(freshRun(store(), { experimentId }), 'INVALID_PARAMETER_VALUE', message);
      await expectError(
        store().setExperimentTag(experimentId, { key: 'k', value: 'v' }),
        'INVALID_PARAMETER_VALUE',
        message,
      );
      await expectError(
        store().createLoggedModel({ experimentId, params: [], tags: [] }),
        'INVALID_PARAMETER_VALUE',
        message,
      );
    });

    it('sets, overwrites and deletes tags', async () => {
      const id = await freshExperiment(store());
      await store().setExperimentTag(id, { key: 'a', value: '1' });
      await store().setExperimentTag(id, { key: 'a', value: '2' });
      await store().setExperimentTag(id, { key: 'b/c', value: '' });
      expect((await store().getExperiment(id)).tags).toEqual([
        { key: 'a', value: '2' },
        { key: 'b/c', value: '' },
      ]);
      await store().deleteExperimentTag(id, 'a');
      expect((await store().getExperiment(id)).tags).toEqual([{ key: 'b/c', value: '' }]);
      await expectError(
        store().deleteExperimentTag(id, 'a'),
        'RESOURCE_DOES_NOT_EXIST',
        /No tag with name: a/,
      );
    });

    it('refuses tags with bad keys and too long values', async () => {
      const id = await freshExperiment(store());
      const set = (key: string, value: string) => store().setExperimentTag(id, { key, value });
      await expectError(set('a*b', 'v'), 'INVALID_PARAMETER_VALUE', /Names may only contain/);
      await expectError(set('../a', 'v'), 'INVALID_PARAMETER_VALUE', /would resolve to/);
      await expectError(set('k'.repeat(251), 'v'), 'INVALID_PARAMETER_VALUE', /maximum length of 250/);
      await expectError(set('k', 'v'.repeat(20_001)), 'INVALID_PARAMETER_VALUE', /maximum length of 20000/);
      await set('k', 'v'.repeat(20_000));
    });
  });
}
