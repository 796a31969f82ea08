import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ANY_CHANGE, NO_CHANGE, type StoreChange } from '../../../src/core/domain/changes.js';
import type { Run, RunStatus } from '../../../src/core/domain/run.js';
import { countsAsRunning, RunningRuns } from '../../../src/core/runs/runningRuns.js';
import type { TrackingStore } from '../../../src/core/stores/trackingStore.js';
import { SILENT_LOGGER } from '../../../src/core/base/logger.js';
import { makeRun } from '../../support/runs.js';
import { openTestStore, testFolder } from '../server/sqlite/support.js';

/** Over a real store, because what a filter brings is the store's to say. */
describe('RunningRuns', () => {
  let real: TrackingStore;
  let store: TrackingStore;
  let experimentId: string;
  let subject: RunningRuns;
  let ended: string[];
  let searches: number;
  let failing: boolean;

  beforeEach(async () => {
    const opened = openTestStore(join(testFolder(), 'mlflow.db'));
    real = opened.store;
    searches = 0;
    failing = false;
    store = {
      ...real,
      searchRuns: (query) => {
        searches += 1;
        return failing ? Promise.reject(new Error('gone')) : real.searchRuns(query);
      },
    };
    experimentId = await real.createExperiment({ name: 'iris', tags: [] });
    ended = [];
    subject = new RunningRuns(() => Promise.resolve(store), SILENT_LOGGER, 1);
    subject.onDidEnd((runs) => ended.push(...runs.map(({ info }) => `${info.runName} ${info.status}`)));
    onTestFinished(() => subject.dispose());
  });

  const start = async (runName: string): Promise<Run> =>
    real.createRun({ experimentId, runName, startTime: Date.now(), tags: [] });
  const end = (run: Run, status: RunStatus): Promise<unknown> =>
    real.updateRun({ runId: run.info.runId, status, endTime: Date.now() });
  const changeOf = (...runs: readonly Run[]): StoreChange => ({
    ...NO_CHANGE,
    runs: runs.map(({ info }) => ({ runId: info.runId, experimentId: info.experimentId })),
  });
  const names = (): string[] => subject.runs.map(({ info }) => info.runName).sort();
  const settled = (expected: readonly string[]): Promise<unknown> =>
    expect.poll(names, { timeout: 10_000 }).toEqual(expected);

  it('counts what is running when it begins, and tells of no earlier ends', async () => {
    await end(await start('old'), 'FAILED');
    await start('now');
    subject.apply(ANY_CHANGE);
    await settled(['now']);
    expect(ended).toEqual([]);
    expect(subject.experimentName(experimentId)).toBe('iris');
    expect(subject.hasMore).toBe(false);
  });

  it('follows runs by what changed, and tells of each end once', async () => {
    const [a, b] = [await start('a'), await start('b')];
    subject.apply(changeOf(a, b));
    await settled(['a', 'b']);
    expect(subject.isRunning(a.info.runId)).toBe(true);
    await end(a, 'FINISHED');
    subject.apply(changeOf(a));
    await settled(['b']);
    await end(b, 'FAILED');
    subject.apply(changeOf(a, b));
    await settled([]);
    expect(ended).toEqual(['a FINISHED', 'b FAILED']);
  });

  it('finds the end of a run of a writer that is not known', async () => {
    const run = await start('direct');
    subject.apply(ANY_CHANGE);
    await settled(['direct']);
    await end(run, 'KILLED');
    subject.apply(ANY_CHANGE);
    await settled([]);
    expect(ended).toEqual(['direct KILLED']);
  });

  it('forgets a run that was deleted, without a word', async () => {
    const run = await start('deleted');
    subject.apply(changeOf(run));
    await settled(['deleted']);
    await real.deleteRun(run.info.runId);
    subject.apply(changeOf(run));
    await settled([]);
    expect(ended).toEqual([]);
  });

  it('asks nothing when nothing changed, and once for many changes', async () => {
    expect(searches).toBe(0);
    const run = await start('busy');
    for (let at = 0; at < 100; at += 1) subject.apply(changeOf(run));
    await settled(['busy']);
    expect(searches).toBeLessThanOrEqual(2);
  });

  it('looks at everything again after the store could not be asked', async () => {
    const [a, b] = [await start('a'), await start('b')];
    subject.apply(changeOf(a));
    await settled(['a']);
    failing = true;
    await end(a, 'FINISHED');
    const before = searches;
    subject.apply(changeOf(a));
    await expect.poll(() => searches).toBeGreaterThan(before);
    failing = false;
    subject.apply(changeOf(b));
    await settled(['b']);
    expect(ended).toEqual(['a FINISHED']);
  });
});

describe('countsAsRunning', () => {
  it('counts active runs only', () => {
    expect(countsAsRunning(makeRun('a', { info: { status: 'RUNNING' } }))).toBe(true);
    expect(countsAsRunning(makeRun('a', { info: { status: 'RUNNING', lifecycleStage: 'deleted' } }))).toBe(
      false,
    );
    expect(countsAsRunning(makeRun('a', { info: { status: 'SCHEDULED' } }))).toBe(false);
  });
});
