import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/core/domain/run.js';
import { ExperimentList } from '../../../src/core/explorer/experimentList.js';
import { ExperimentRuns } from '../../../src/core/explorer/experimentRuns.js';
import type { TrackingStore } from '../../../src/core/stores/trackingStore.js';
import { openInlineStore } from '../../../src/server/sqlite/openInlineStore.js';
import type { OpenStore } from '../../../src/server/sqlite/openedStore.js';
import { makeTemporaryFolder } from '../../support/temporaryFolder.js';

const names = (runs: readonly Run[]): string[] => runs.map((run) => run.info.runName);

/** Over a real store, because what a page or a filter brings is the store's to say. */
describe('the explorer over a store', () => {
  const folder = makeTemporaryFolder();
  let opened: OpenStore;
  let store: TrackingStore;
  let experimentId: string;
  /** Searches that were made. */
  let requests: number;

  beforeEach(async () => {
    opened = openInlineStore({ path: join(folder.path, `${Math.random()}.db`) });
    requests = 0;
    store = {
      ...opened.store,
      searchRuns: (query) => {
        requests += 1;
        return opened.store.searchRuns(query);
      },
    };
    experimentId = await store.createExperiment({ name: 'an experiment', tags: [] });
  });
  afterEach(() => opened.close());
  afterAll(() => folder.remove());

  async function log(runName: string, startTime: number, parent?: string): Promise<string> {
    const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
    return (await store.createRun({ experimentId, runName, startTime, tags })).info.runId;
  }

  const of = (pageSize: number, metric = '') => ({
    experimentId,
    pageSize: () => pageSize,
    metric: () => metric,
  });

  const load = async (pageSize: number): Promise<ExperimentRuns> => {
    const runs = new ExperimentRuns(() => Promise.resolve(store), of(pageSize));
    await runs.ensureLoaded();
    return runs;
  };

  it('reads runs in pages, the latest first', async () => {
    for (let at = 1; at <= 5; at += 1) await log(`run ${at}`, at);
    const runs = await load(2);
    expect(names(runs.tree.roots())).toEqual(['run 5', 'run 4']);
    await runs.loadMore();
    await runs.loadMore();
    expect(names(runs.tree.roots())).toEqual(['run 5', 'run 4', 'run 3', 'run 2', 'run 1']);
    expect(runs.hasMore).toBe(false);
  });

  it('takes in a run that no page has reached, with those above it, and keeps it', async () => {
    const parent = await log('the parent', 1);
    const child = await log('the child', 2, parent);
    for (let at = 3; at <= 6; at += 1) await log(`run ${at}`, at);
    const runs = await load(2);
    expect(await runs.include(child)).toBe(true);
    expect(names(runs.tree.roots())).toEqual(['run 6', 'run 5', 'the parent']);
    const run = runs.tree.get(child);
    expect(run && runs.parentOf(run)?.info.runId).toBe(parent);
    await runs.reload();
    expect(names(runs.tree.childrenOf(parent))).toEqual(['the child']);
    await runs.loadMore();
    expect(names(runs.tree.roots())).toEqual(['run 6', 'run 5', 'run 4', 'run 3', 'the parent']);
    expect(await runs.include('f'.repeat(32))).toBe(false);
    expect(await runs.include('not an id')).toBe(false);
  });

  it('reads experiments on until one is there', async () => {
    for (let at = 1; at <= 7; at += 1) await store.createExperiment({ name: `more ${at}`, tags: [] });
    const list = new ExperimentList(
      () => Promise.resolve(store),
      () => 2,
    );
    expect(await list.loadUntil(experimentId)).toBe(true);
    expect(list.experiments.map(({ name }) => name)).toContain('an experiment');
    expect(await list.loadUntil('999')).toBe(false);
    expect(list.hasMore).toBe(false);
  });

  it('reads one page when it is asked for twice at once', async () => {
    for (let at = 1; at <= 3; at += 1) await log(`run ${at}`, at);
    const runs = new ExperimentRuns(() => Promise.resolve(store), of(1));
    await Promise.all([runs.ensureLoaded(), runs.ensureLoaded()]);
    expect(names(runs.tree.roots())).toEqual(['run 3']);
  });

  it('shows an old parent above a recent child, ancestors included', async () => {
    const grandparent = await log('grandparent', 1);
    const parent = await log('parent', 2, grandparent);
    for (let at = 3; at <= 6; at += 1) await log(`other ${at}`, at);
    await log('child', 9, parent);
    const runs = await load(1);
    expect(names(runs.tree.roots())).toEqual(['grandparent']);
    expect(names(runs.tree.childrenOf(parent))).toEqual(['child']);
  });

  it('goes on while pages bring only children of what is shown, and stops after ten', async () => {
    const parent = await log('parent', 100);
    await log('older', 1);
    for (let at = 2; at <= 30; at += 1) await log(`child ${at}`, at, parent);
    const runs = await load(2);
    requests = 0;
    await runs.loadMore();
    expect(requests).toBe(10);
    await runs.loadMore();
    expect(names(runs.tree.roots())).toEqual(['parent', 'older']);
  });

  it('shows a child of a deleted parent at the top', async () => {
    const parent = await log('parent', 1);
    const child = await log('child', 2, parent);
    const runs = await load(10);
    await store.deleteRun(parent);
    expect((await runs.update([parent, child])).structure).toBe(true);
    expect(names(runs.tree.roots())).toEqual(['child']);
    await store.restoreRun(parent);
    await runs.update([parent]);
    expect(names(runs.tree.roots())).toEqual(['parent']);
  });

  it('reads the children of a run in pages of their own', async () => {
    const parent = await log('parent', 10);
    for (let at = 1; at <= 3; at += 1) await log(`child ${at}`, at, parent);
    const runs = await load(1);
    await runs.open(parent);
    expect(names(runs.tree.childrenOf(parent))).toEqual(['child 3']);
    await runs.loadChildren(parent);
    await runs.loadChildren(parent);
    expect(names(runs.tree.childrenOf(parent))).toEqual(['child 3', 'child 2', 'child 1']);
    expect(runs.hasMoreChildren(parent)).toBe(false);
  });

  it('takes in new runs, and leaves those to their page that are older than what is loaded', async () => {
    for (let at = 5; at <= 8; at += 1) await log(`run ${at}`, at);
    const runs = await load(2);
    const [recent, old] = [await log('recent', 9), await log('old', 1)];
    const update = await runs.update([recent, old]);
    expect(update).toEqual({ changed: [recent], structure: true });
    expect(names(runs.tree.roots())).toEqual(['recent', 'run 8', 'run 7']);
  });

  it('says that only facts changed when they did', async () => {
    const runId = await log('run', 1);
    const runs = await load(10);
    await runs.open(runId);
    await store.logParam(runId, { key: 'alpha', value: '1' });
    expect(await runs.update([runId])).toEqual({ changed: [runId], structure: false });
    expect(runs.tree.get(runId)?.params).toEqual([{ key: 'alpha', value: '1' }]);
  });

  it('keeps what is shown when a reload fails', async () => {
    await log('run', 1);
    let works = true;
    const access = () => (works ? Promise.resolve(store) : Promise.reject(new Error('gone')));
    const runs = new ExperimentRuns(access, of(10));
    await runs.ensureLoaded();
    works = false;
    await expect(runs.reload()).rejects.toThrow('gone');
    expect(names(runs.tree.roots())).toEqual(['run']);
    works = true;
    await log('another', 2);
    await runs.reload();
    expect(names(runs.tree.roots())).toEqual(['another', 'run']);
  });

  it('reads experiments in pages, the latest made first, and again in one request', async () => {
    await store.createExperiment({ name: 'second', tags: [] });
    const list = new ExperimentList(
      () => Promise.resolve(store),
      () => 2,
    );
    await list.ensureLoaded();
    expect(list.experiments).toHaveLength(2);
    expect(list.hasMore).toBe(true);
    await list.loadMore();
    expect(list.experiments.map(({ name }) => name).sort()).toEqual(['Default', 'an experiment', 'second']);
    await store.deleteExperiment(experimentId);
    await list.reload();
    expect(list.experiments.map(({ name }) => name).sort()).toEqual(['Default', 'second']);
  });
});
