import { describe, expect, it } from 'vitest';
import type { CreateLoggedModel } from '../../../src/core/stores/trackingStore.js';
import { asRecord, expectError, freshExperiment, freshRun, type OpenSubject, useStore } from './subject.js';

export function describeLoggedModels(open: OpenSubject): void {
  describe('logged models', () => {
    const store = useStore(open);
    const create = async (request: Partial<CreateLoggedModel> = {}) => {
      const experimentId = request.experimentId ?? (await freshExperiment(store()));
      return store().createLoggedModel({ params: [], tags: [], ...request, experimentId });
    };

    it('creates a model that is pending, with its place for artifacts', async () => {
      const { info } = await freshRun(store());
      const { experimentId, runId } = info;
      const model = await create({
        experimentId,
        name: 'classifier',
        modelType: 'tree',
        sourceRunId: runId,
        params: [{ key: 'depth', value: '3' }],
        tags: [{ key: 'stage', value: 'dev' }],
      });
      expect(model.modelId).toMatch(/^m-[0-9a-f]{32}$/);
      const { artifactLocation } = await store().getExperiment(experimentId);
      expect(model).toMatchObject({
        experimentId,
        name: 'classifier',
        artifactUri: `${artifactLocation}/models/${model.modelId}/artifacts`,
        status: 'LOGGED_MODEL_PENDING',
        modelType: 'tree',
        sourceRunId: runId,
        params: [{ key: 'depth', value: '3' }],
        tags: [{ key: 'stage', value: 'dev' }],
        metrics: [],
      });
      expect(model.lastUpdatedTime).toBe(model.creationTime);
      expect(await store().getLoggedModel(model.modelId)).toEqual(model);
    });

    it('makes up a name where none is given, and refuses bad ones', async () => {
      expect((await create()).name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
      for (const name of ['a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"]) {
        await expectError(create({ name }), 'INVALID_PARAMETER_VALUE', /Invalid model name/);
      }
    });

    it.each(['LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'] as const)('becomes %s', async (status) => {
      const { modelId } = await create();
      expect((await store().finalizeLoggedModel(modelId, status)).status).toBe(status);
      expect((await store().getLoggedModel(modelId)).status).toBe(status);
    });

    it('sets, overwrites and deletes tags, and adds parameters', async () => {
      const { modelId } = await create({ params: [{ key: 'p0', value: '0' }] });
      await store().setLoggedModelTags(modelId, [
        { key: 'a', value: '1' },
        { key: 'b', value: '1' },
      ]);
      await store().setLoggedModelTags(modelId, [{ key: 'a', value: '2' }]);
      await store().deleteLoggedModelTag(modelId, 'b');
      await store().logLoggedModelParams(modelId, [{ key: 'p1', value: 'x' }]);
      const model = await store().getLoggedModel(modelId);
      expect(asRecord(model.tags)).toEqual({ a: '2' });
      expect(asRecord(model.params)).toEqual({ p0: '0', p1: 'x' });
      await expectError(
        store().deleteLoggedModelTag(modelId, 'b'),
        'RESOURCE_DOES_NOT_EXIST',
        /No tag with key 'b'/,
      );
      await expectError(store().logLoggedModelParams(modelId, [{ key: 'p1', value: 'y' }]), 'BAD_REQUEST');
    });

    it('shows the metrics that were logged for it', async () => {
      const { info } = await freshRun(store());
      const { experimentId, runId } = info;
      const { modelId } = await create({ experimentId, sourceRunId: runId });
      const metric = {
        key: 'acc',
        value: 0.5,
        timestamp: 10,
        step: 2n ** 60n,
        modelId,
        datasetName: 'd',
        datasetDigest: '1',
      };
      await store().logMetric(runId, metric);
      await store().logMetric(runId, metric);
      await store().logBatch({
        runId,
        metrics: [{ key: 'loss', value: 2, timestamp: 11, step: 0, modelId }],
        params: [],
        tags: [],
      });
      expect((await store().getLoggedModel(modelId)).metrics).toEqual([
        { ...metric, runId },
        { key: 'loss', value: 2, timestamp: 11, step: 0, modelId, runId },
      ]);
      expect((await store().getRun(runId)).metrics).toHaveLength(2);
    });

    it('refuses a metric for a model that is not there', async () => {
      const { info } = await freshRun(store());
      const metric = { key: 'acc', value: 1, timestamp: 1, step: 0, modelId: 'm-unknown' };
      await expectError(store().logMetric(info.runId, metric), 'BAD_REQUEST');
      expect((await store().getRun(info.runId)).metrics).toEqual([]);
    });

    it('deletes, and does not find what is not there', async () => {
      const { modelId } = await create();
      await store().deleteLoggedModel(modelId);
      const message = /Logged model with ID '.*' not found/;
      await expectError(store().getLoggedModel(modelId), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(store().getLoggedModel('m-unknown'), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(store().deleteLoggedModel('m-unknown'), 'RESOURCE_DOES_NOT_EXIST', message);
      await expectError(
        store().finalizeLoggedModel('m-unknown', 'LOGGED_MODEL_READY'),
        'RESOURCE_DOES_NOT_EXIST',
      );
      await expectError(
        store().setLoggedModelTags('m-unknown', [{ key: 'a', value: 'b' }]),
        'RESOURCE_DOES_NOT_EXIST',
      );
      await expectError(create({ experimentId: '987654' }), 'RESOURCE_DOES_NOT_EXIST');
    });
  });
}
