import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ExperimentNames } from '../../../src/core/runs/experimentNames.js';
import { findRuns } from '../../../src/core/runs/findRuns.js';
import { parseRunQuery } from '../../../src/core/runs/runQuery.js';
import { type SearchAnswer, StoreSearch } from '../../../src/core/runs/storeSearch.js';
import type { TrackingStore } from '../../../src/core/stores/trackingStore.js';
import { openTestStore, testFolder } from '../server/sqlite/support.js';

describe('finding runs in a real store', () => {
  let store: TrackingStore;
  const ids = new Map<string, string>();

  beforeEach(async () => {
    store = openTestStore(join(testFolder(), 'mlflow.db')).store;
    let startTime = 1;
    for (const [experiment, names] of [
      ['iris', ['forest sweep', 'the forest', "it's 100% Größe", 'forest']],
      ['digits', ['a_b', 'axb']],
    ] as const) {
      const experimentId = await store.createExperiment({ name: experiment, tags: [] });
      ids.set(experiment, experimentId);
      for (const runName of names) {
        const { info } = await store.createRun({
          experimentId,
          runName,
          startTime: (startTime += 1),
          tags: [],
        });
        ids.set(runName, info.runId);
      }
    }
  });

  const find = async (text: string, most = 50) => {
    const names = await new ExperimentNames(() => Promise.resolve(store)).all();
    return findRuns(store, names, parseRunQuery(text), most);
  };
  const namesFound = async (text: string): Promise<string[]> =>
    (await find(text)).runs.map(({ run }) => run.info.runName);

  it('finds by parts of the name in any case, the best match first', async () => {
    expect(await namesFound('FOREST')).toEqual(['forest', 'forest sweep', 'the forest']);
    expect(await namesFound('sweep for')).toEqual(['forest sweep']);
    expect(await namesFound("IT'S 100% größe")).toEqual(["it's 100% Größe"]);
    expect(await namesFound('a_b')).toEqual(['a_b']);
    expect(await namesFound('%')).toEqual(["it's 100% Größe"]);
    expect(await namesFound("' OR 1=1 --")).toEqual([]);
  });

  it('finds by the whole id, its beginning, and addresses', async () => {
    const runId = ids.get('the forest') ?? '';
    for (const text of [
      runId,
      runId.slice(0, 12),
      runId.slice(0, 12).toUpperCase(),
      `runs:/${runId}/model`,
      `http://127.0.0.1:1/secret/#/experiments/1/runs/${runId}`,
    ]) {
      expect(await namesFound(text), text).toEqual(['the forest']);
    }
    expect(await namesFound('f'.repeat(32))).toEqual([]);
  });

  it('finds a deleted run by its whole id only', async () => {
    const runId = ids.get('axb') ?? '';
    await store.deleteRun(runId);
    expect(await namesFound('axb')).toEqual([]);
    expect(await namesFound(runId)).toEqual(['axb']);
  });

  it('shows the latest runs for nothing, and those of an experiment for its address', async () => {
    expect((await namesFound(''))[0]).toBe('axb');
    expect(await namesFound(`http://x/#/experiments/${ids.get('digits')}`)).toEqual(['axb', 'a_b']);
  });

  it('says that there is more than was asked for', async () => {
    expect(await find('forest', 2)).toMatchObject({ more: true, runs: [{}, {}] });
    expect(await find('forest', 3)).toMatchObject({
      more: false,
      runs: [{ experimentName: 'iris' }, {}, {}],
    });
  });

  it('asks one query at a time, and never those that were overtaken', async () => {
    const answers: SearchAnswer[] = [];
    const filters: unknown[] = [];
    const watched: TrackingStore = {
      ...store,
      searchRuns: (query) => {
        filters.push(query.filter);
        return store.searchRuns(query);
      },
    };
    const search = new StoreSearch(
      () => Promise.resolve(watched),
      50,
      (answer) => answers.push(answer),
    );
    for (const text of ['', 'x y', 'x y z', 'forest sweep']) search.ask(parseRunQuery(text));
    await expect.poll(() => answers.length).toBe(2);
    expect(answers[1]).toMatchObject({ found: { runs: [{ run: { info: { runName: 'forest sweep' } } }] } });
    expect(filters).toHaveLength(2);
    search.dispose();
    search.ask(parseRunQuery('forest'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(filters).toHaveLength(2);
  });

  it('tells of a store that cannot be asked', async () => {
    const answers: SearchAnswer[] = [];
    const search = new StoreSearch(
      () => Promise.reject(new Error('not running')),
      50,
      (answer) => answers.push(answer),
    );
    search.ask(parseRunQuery('a'));
    await expect.poll(() => answers).toMatchObject([{ error: { message: 'not running' } }]);
  });
});
