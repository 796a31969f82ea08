import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExperimentList } from '../../../src/core/explorer/experimentList.js';
import { ExperimentRuns } from '../../../src/core/explorer/experimentRuns.js';
import type { SearchRuns, TrackingStore } from '../../../src/core/stores/trackingStore.js';
import { openInlineStore } from '../../../src/server/sqlite/openInlineStore.js';
import type { OpenStore } from '../../../src/server/sqlite/openedStore.js';
import { makeTemporaryFolder } from '../../support/temporaryFolder.js';

const METRICS = ['acc', 'loss'].map((key, step) => ({ key, value: step, timestamp: 1, step }));

describe('what the explorer reads', () => {
  const folder = makeTemporaryFolder();
  let opened: OpenStore;
  let store: TrackingStore;
  let experimentId: string;
  let queries: SearchRuns[];
  let metric: string;
  /** As another server, which does not know excerpts. */
  let isOthers: boolean;

  beforeEach(async () => {
    opened = openInlineStore({ path: join(folder.path, `${Math.random()}.db`) });
    [queries, metric, isOthers] = [[], '', false];
    store = {
      ...opened.store,
      searchRuns: (query) => {
        queries.push(query);
        return opened.store.searchRuns(isOthers ? withoutExcerpt(query) : query);
      },
    };
    experimentId = await store.createExperiment({ name: 'an experiment', tags: [] });
  });
  afterEach(() => opened.close());
  afterAll(() => folder.remove());

  async function log(startTime: number): Promise<string> {
    const { info } = await store.createRun({ experimentId, runName: `${startTime}`, startTime, tags: [] });
    const params = [{ key: 'alpha', value: '1' }];
    await store.logBatch({ runId: info.runId, metrics: METRICS, params, tags: [] });
    return info.runId;
  }

  const runsOf = (pageSize: number): ExperimentRuns =>
    new ExperimentRuns(() => Promise.resolve(store), {
      experimentId,
      pageSize: () => pageSize,
      metric: () => metric,
    });

  it('is one metric of a run until it is opened, and again once it is closed', async () => {
    const runId = await log(1);
    const runs = runsOf(10);
    const shown = () => runs.tree.get(runId);
    await runs.ensureLoaded();
    expect(shown()).toMatchObject({ metrics: [METRICS[0]], params: [], tags: [] });
    await runs.open(runId);
    expect(shown()).toEqual(await store.getRun(runId));
    await store.logMetric(runId, { key: 'loss', value: 9, timestamp: 2, step: 9 });
    await runs.update([runId]);
    await runs.reload();
    expect(shown()).toEqual(await store.getRun(runId));
    runs.close(runId);
    await runs.update([runId]);
    expect(shown()).toMatchObject({ metrics: [METRICS[0]], params: [] });
  });

  it('is the metric that was chosen', async () => {
    metric = 'loss';
    const runId = await log(1);
    const runs = runsOf(10);
    await runs.ensureLoaded();
    expect(runs.tree.get(runId)?.metrics).toEqual([METRICS[1]]);
    metric = 'acc';
    await runs.reload();
    expect(runs.tree.get(runId)?.metrics).toEqual([METRICS[0]]);
  });

  it('is the whole run where somebody asks for it, and the names of all metrics', async () => {
    const runId = await log(1);
    const runs = runsOf(10);
    await runs.ensureLoaded();
    expect(await runs.whole(runId)).toEqual(await store.getRun(runId));
    expect(await runs.metricKeys()).toEqual(['acc', 'loss']);
    expect(runs.tree.get(runId)?.metrics).toHaveLength(1);
  });

  it('is never so much that reading an answer would hold up everything else', async () => {
    const metrics = Array.from({ length: 990 }, (_, key) => ({
      key: `m${key}`,
      value: 1,
      timestamp: 1,
      step: 1,
    }));
    for (let at = 1; at <= 25; at += 1) {
      const { info } = await store.createRun({ experimentId, startTime: at, tags: [] });
      await store.logBatch({ runId: info.runId, metrics, params: [], tags: [] });
    }
    isOthers = true;
    const runs = runsOf(5);
    for (let page = 0; page < 5; page += 1) await runs.loadMore();
    queries = [];
    await runs.reload();
    expect(runs.tree.all()).toHaveLength(25);
    // 1,001 values and facts of each run, and 20,000 in an answer.
    expect(queries.map(({ maxResults }) => maxResults)).toEqual([19, 6]);
  }, 30_000);

  it('is asked for once where runs changed, whether they are loaded or not', async () => {
    const ids = [await log(1), await log(2), await log(3)];
    const runs = runsOf(1);
    await runs.ensureLoaded();
    queries = [];
    expect(await runs.update(ids)).toEqual({ changed: [ids[2]], structure: false });
    expect(queries).toHaveLength(1);
  });

  it('is said to be the same where the experiments did not change', async () => {
    const list = new ExperimentList(
      () => Promise.resolve(store),
      () => 10,
    );
    await list.ensureLoaded();
    expect(await list.reload()).toEqual({ changed: [], structure: false });
    await store.setExperimentTag(experimentId, { key: 'a', value: 'b' });
    const { changed, structure } = await list.reload();
    expect(changed.map(({ name }) => name)).toEqual(['an experiment']);
    expect(structure).toBe(false);
    await store.createExperiment({ name: 'new', tags: [] });
    expect((await list.reload()).structure).toBe(true);
  });
});

function withoutExcerpt(query: SearchRuns): SearchRuns {
  const copy: { excerpt?: SearchRuns['excerpt'] } & SearchRuns = { ...query };
  delete copy.excerpt;
  return copy;
}
