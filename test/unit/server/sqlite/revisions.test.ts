import { describe, expect, it } from 'vitest';
import { KNOWN_REVISIONS, schemaOf } from '../../../../src/server/sqlite/schemas/index.js';
import { openTestStore, testPath } from './support.js';

const withModels = (revision: string) =>
  schemaOf(revision).some((statement) => statement.includes('logged_models'));

describe.each(KNOWN_REVISIONS)('a database at revision %s', (revision) => {
  it('takes everything that its MLflow knows', async () => {
    const { store, info } = openTestStore(testPath(), { createRevision: revision });
    const experimentId = await store.createExperiment({ name: 'one', tags: [{ key: 'a', value: 'b' }] });
    const run = await store.createRun({ experimentId, tags: [] });
    const { runId } = run.info;
    const metrics = [1, 2, 3].map((step) => ({ key: 'm', value: step, timestamp: step, step }));
    await store.logBatch({
      runId,
      metrics,
      params: [{ key: 'p', value: 'v' }],
      tags: [{ key: 't', value: 'v' }],
    });
    const dataset = { name: 'd', digest: '1', sourceType: 'local', source: '{}' };
    await store.logInputs({ runId, datasets: [{ dataset, tags: [] }], models: [] });
    expect((await store.getMetricHistory({ runId, key: 'm' })).items).toHaveLength(3);
    expect(await store.getMetricSummaries(runId, 10)).toHaveLength(1);
    await store.deleteExperiment(experimentId);
    await store.restoreExperiment(experimentId);
    const found = await store.searchRuns({
      experimentIds: [experimentId],
      filter: "metrics.m > 2 AND params.p = 'v' AND tags.t = 'v' AND dataset.name = 'd'",
      viewType: 'ACTIVE_ONLY',
      maxResults: 10,
      orderBy: ['metrics.m DESC'],
    });
    expect(found.items.map(({ info: { runId: id } }) => id)).toEqual([runId]);
    expect(info()).toMatchObject({ exists: true, revision });
    expect(info().readOnlyReason).toBeUndefined();
  });
});

describe.each(KNOWN_REVISIONS.filter(withModels))('a database at revision %s', (revision) => {
  it('takes logged models', async () => {
    const { store } = openTestStore(testPath(), { createRevision: revision });
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const { modelId } = await store.createLoggedModel({ experimentId: '0', params: [], tags: [] });
    await store.logMetric(info.runId, { key: 'm', value: 1, timestamp: 1, step: 1, modelId });
    await store.logOutputs({ runId: info.runId, models: [{ modelId, step: 1 }] });
    await store.finalizeLoggedModel(modelId, 'LOGGED_MODEL_READY');
    const query = {
      experimentIds: ['0'],
      filter: 'metrics.m = 1',
      datasets: [],
      maxResults: 10,
      orderBy: [],
    };
    expect((await store.searchLoggedModels(query)).items).toHaveLength(1);
  });
});
