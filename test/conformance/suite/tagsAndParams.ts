import { describe, expect, it } from 'vitest';
import { asRecord, expectError, freshRunId, type OpenSubject, useStore } from './subject.js';

export function describeTagsAndParams(open: OpenSubject): void {
  describe('tags', () => {
    const store = useStore(open);
    const tagsOf = async (runId: string) => asRecord((await store().getRun(runId)).tags);

    it('sets, overwrites and deletes', async () => {
      const runId = await freshRunId(store());
      await store().setTag(runId, { key: 'über/größe', value: 'groß 🐘' });
      await store().setTag(runId, { key: 'a', value: '1' });
      await store().setTag(runId, { key: 'a', value: '' });
      expect(await tagsOf(runId)).toMatchObject({ 'über/größe': 'groß 🐘', a: '' });
      await store().deleteTag(runId, 'a');
      expect(await tagsOf(runId)).not.toHaveProperty('a');
      await expectError(
        store().deleteTag(runId, 'a'),
        'RESOURCE_DOES_NOT_EXIST',
        /No tag with name: a in run/,
      );
    });

    it('renames the run by the tag with its name', async () => {
      const runId = await freshRunId(store(), { runName: 'before' });
      await store().setTag(runId, { key: 'mlflow.runName', value: 'after' });
      const run = await store().getRun(runId);
      expect(run.info.runName).toBe('after');
      expect(asRecord(run.tags)['mlflow.runName']).toBe('after');
    });

    it('cuts values that are too long, by characters', async () => {
      const runId = await freshRunId(store());
      await store().setTag(runId, { key: 'long', value: '🐘'.repeat(8001) });
      expect((await tagsOf(runId)).long).toBe('🐘'.repeat(8000));
    });

    it.each([
      ['a,b', /Names may only contain/],
      ['a\n', /Names may only contain/],
      ['/a', /would resolve to '\/a'/],
      ['a/', /would resolve to 'a'/],
      ['a//b', /would resolve to 'a\/b'/],
      ['..', /would resolve to '\.\.'/],
      ['.', /would resolve to '\.'/],
      ['k'.repeat(251), /exceeds the maximum length of 250 characters/],
    ])('refuses the key %j', async (key, message) => {
      const runId = await freshRunId(store());
      await expectError(store().setTag(runId, { key, value: 'v' }), 'INVALID_PARAMETER_VALUE', message);
      await expectError(store().logParam(runId, { key, value: 'v' }), 'INVALID_PARAMETER_VALUE', message);
    });
  });

  describe('parameters', () => {
    const store = useStore(open);
    const paramsOf = async (runId: string) => asRecord((await store().getRun(runId)).params);

    it('logs a value once and for all', async () => {
      const runId = await freshRunId(store());
      await store().logParam(runId, { key: 'lr', value: '0.1' });
      await store().logParam(runId, { key: 'lr', value: '0.1' });
      await expectError(
        store().logParam(runId, { key: 'lr', value: '0.2' }),
        'INVALID_PARAMETER_VALUE',
        /Changing param values is not allowed. Param with key='lr' was already logged with value='0.1'/,
      );
      expect(await paramsOf(runId)).toEqual({ lr: '0.1' });
    });

    it('tells the empty text from nothing', async () => {
      const runId = await freshRunId(store());
      await store().logParam(runId, { key: 'empty', value: '' });
      expect(await paramsOf(runId)).toEqual({ empty: '' });
      await expectError(store().logParam(runId, { key: 'empty', value: 'x' }), 'INVALID_PARAMETER_VALUE');
    });

    it('takes keys of every script, with spaces, dots, dashes, colons and slashes', async () => {
      const runId = await freshRunId(store());
      const key = 'Größe der/模型 a-b.c_d:e';
      await store().logParam(runId, { key, value: 'ok' });
      expect(await paramsOf(runId)).toEqual({ [key]: 'ok' });
    });

    it('cuts values that are too long, and sees them as the same', async () => {
      const runId = await freshRunId(store());
      await store().logParam(runId, { key: 'long', value: 'x'.repeat(6001) });
      expect((await paramsOf(runId)).long).toBe('x'.repeat(6000));
      await store().logParam(runId, { key: 'long', value: 'x'.repeat(6002) });
    });
  });
}
