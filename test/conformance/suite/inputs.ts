import { describe, expect, it } from 'vitest';
import type { DatasetInput } from '../../../src/core/domain/inputs.js';
import { expectError, freshExperiment, freshRun, freshRunId, type OpenSubject, useStore } from './subject.js';

function input(name: string, context = 'training'): DatasetInput {
  return {
    dataset: {
      name,
      digest: 'abc123',
      sourceType: 'local',
      source: '{"uri": "/data.csv"}',
      schema: '{"columns": []}',
    },
    tags: [{ key: 'mlflow.data.context', value: context }],
  };
}

export function describeInputs(open: OpenSubject): void {
  describe('inputs and outputs', () => {
    const store = useStore(open);

    it('notes the datasets that a run used, with what for', async () => {
      const runId = await freshRunId(store());
      const profiled = { ...input('b', 'eval'), dataset: { ...input('b').dataset, profile: '{"rows": 3}' } };
      await store().logInputs({ runId, datasets: [input('a'), profiled], models: [] });
      expect((await store().getRun(runId)).datasetInputs).toEqual([input('a'), profiled]);
    });

    it('notes a dataset once for each run, with the tags that came first', async () => {
      const runId = await freshRunId(store());
      await store().logInputs({ runId, datasets: [input('a'), input('a', 'second')], models: [] });
      await store().logInputs({ runId, datasets: [input('a', 'third')], models: [] });
      expect((await store().getRun(runId)).datasetInputs).toEqual([input('a')]);
    });

    it('shares a dataset between runs of an experiment', async () => {
      const experimentId = await freshExperiment(store());
      const first = await freshRun(store(), { experimentId });
      const second = await freshRun(store(), { experimentId });
      await store().logInputs({ runId: first.info.runId, datasets: [input('a')], models: [] });
      await store().logInputs({ runId: second.info.runId, datasets: [input('a', 'eval')], models: [] });
      expect((await store().getRun(second.info.runId)).datasetInputs).toEqual([input('a', 'eval')]);
      const found = await store().searchRuns({
        experimentIds: [experimentId],
        filter: "dataset.context = 'eval'",
        viewType: 'ACTIVE_ONLY',
        maxResults: 10,
        orderBy: [],
      });
      expect(found.items.map(({ info }) => info.runId)).toEqual([second.info.runId]);
    });

    it('refuses what is too long, and runs that are not there', async () => {
      const runId = await freshRunId(store());
      const log = (dataset: Partial<DatasetInput['dataset']>) =>
        store().logInputs({
          runId,
          datasets: [{ dataset: { ...input('a').dataset, ...dataset }, tags: [] }],
          models: [],
        });
      await expectError(log({ name: 'n'.repeat(501) }), 'INVALID_PARAMETER_VALUE', /maximum length of 500/);
      await expectError(log({ digest: 'd'.repeat(37) }), 'INVALID_PARAMETER_VALUE', /maximum length of 36/);
      await expectError(
        log({ source: 's'.repeat(65_536) }),
        'INVALID_PARAMETER_VALUE',
        /maximum length of 65535/,
      );
      const unknown = '0123456789abcdef0123456789abcdef';
      await expectError(
        store().logInputs({ runId: unknown, datasets: [], models: [] }),
        'RESOURCE_DOES_NOT_EXIST',
      );
      await expectError(
        store().logOutputs({ runId: unknown, models: [{ modelId: 'm-1', step: 0 }] }),
        'RESOURCE_DOES_NOT_EXIST',
      );
    });

    it('notes the models that a run read and made', async () => {
      const { info } = await freshRun(store());
      const { runId, experimentId } = info;
      const made = await store().createLoggedModel({
        experimentId,
        sourceRunId: runId,
        params: [],
        tags: [],
      });
      const read = await store().createLoggedModel({ experimentId, params: [], tags: [] });
      await store().logInputs({ runId, datasets: [], models: [{ modelId: read.modelId }] });
      await store().logInputs({ runId, datasets: [], models: [{ modelId: read.modelId }] });
      await store().logOutputs({ runId, models: [{ modelId: made.modelId, step: 2n ** 60n }] });
      const run = await store().getRun(runId);
      expect(run.modelInputs).toEqual([{ modelId: read.modelId }]);
      expect(run.modelOutputs).toEqual([{ modelId: made.modelId, step: 2n ** 60n }]);
    });
  });
}
