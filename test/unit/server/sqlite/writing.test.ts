import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { NO_CHANGE, type StoreChange } from '../../../../src/core/domain/changes.js';
import { openTestStore, otherConnection, testPath, valueOf } from './support.js';

const metric = (value: number) => ({ key: 'm', value, timestamp: value, step: value });

describe('writes', () => {
  it('that wait together are one transaction, and a bad one spoils no other', async () => {
    const path = testPath();
    const { store, onDidChange } = openTestStore(path);
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const changes: StoreChange[] = [];
    onDidChange((change) => changes.push(change));
    const outcomes = await Promise.allSettled([
      store.logMetric(info.runId, metric(1)),
      store.logMetric('unknown', metric(1)),
      store.logBatch({
        runId: info.runId,
        metrics: [metric(2)],
        params: [],
        tags: [{ key: 'a?b', value: '' }],
      }),
      store.setExperimentTag('0', { key: 'k', value: 'v' }),
      store.logMetric(info.runId, metric(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(changes).toEqual([
      { ...NO_CHANGE, experimentIds: ['0'], runs: [{ runId: info.runId, experimentId: '0' }] },
    ]);
    expect(valueOf(path, 'SELECT count(*) FROM metrics')).toBe(2);
  });

  it('are done in the order in which they come', async () => {
    const { store } = openTestStore(testPath());
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    await Promise.all(
      Array.from({ length: 300 }, (_, index) => store.setTag(info.runId, { key: 't', value: String(index) })),
    );
    const { tags } = await store.getRun(info.runId);
    expect(tags.find(({ key }) => key === 't')?.value).toBe('299');
  });

  it('wait for another process that writes, and leave the thread free meanwhile', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const other = otherConnection(path);
    other.exec('BEGIN IMMEDIATE');
    const write = store.logMetric(info.runId, metric(1));
    const done = vi.fn();
    void write.then(done);
    await sleep(300);
    expect(done).not.toHaveBeenCalled();
    other.exec('COMMIT');
    await write;
    expect((await store.getRun(info.runId)).metrics).toHaveLength(1);
  });

  it('give up when the other does not let go, and go on afterwards', async () => {
    const path = testPath();
    const { store } = openTestStore(path, { lockPatience: 100 });
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const other = otherConnection(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.logMetric(info.runId, metric(1))).rejects.toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
    });
    other.exec('ROLLBACK');
    await store.logMetric(info.runId, metric(2));
    expect((await store.getMetricHistory({ runId: info.runId, key: 'm' })).items).toHaveLength(1);
  });

  it('wait for a reader where there is no write-ahead log', async () => {
    const path = testPath();
    const made = openTestStore(path);
    await made.store.createExperiment({ name: 'one', tags: [] });
    await made.close();
    otherConnection(path).exec('PRAGMA journal_mode = DELETE');
    const { store } = openTestStore(path);
    const reader = otherConnection(path);
    reader.exec('BEGIN; SELECT count(*) FROM runs');
    const write = store.setExperimentTag('1', { key: 'k', value: 'v' });
    const second = store.setExperimentTag('1', { key: 'l', value: 'v' });
    await sleep(200);
    reader.exec('COMMIT');
    await Promise.all([write, second]);
    expect((await store.getExperiment('1')).tags).toHaveLength(2);
  });

  it('keep no read waiting longer than they take, even its first', async () => {
    const path = testPath();
    const made = openTestStore(path);
    await made.store.createExperiment({ name: 'one', tags: [] });
    await made.close();
    const other = otherConnection(path);
    other.exec('PRAGMA journal_mode = DELETE');
    const { store } = openTestStore(path);
    other.exec('BEGIN EXCLUSIVE');
    const read = store.getExperiment('1');
    await sleep(200);
    other.exec('COMMIT');
    expect((await read).name).toBe('one');
  });

  it('go on beside a process that writes as much', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const other = new DatabaseSync(path, { timeout: 20_000 });
    const insert = other.prepare(`INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, '')`);
    for (let index = 0; index < 50; index += 1) {
      const write = store.logMetric(info.runId, metric(index));
      insert.run(info.runId, `other${index}`);
      await write;
    }
    other.close();
    const run = await store.getRun(info.runId);
    expect(run.tags).toHaveLength(51);
    expect(run.metrics[0]).toMatchObject({ value: 49 });
    expect(valueOf(path, 'PRAGMA integrity_check')).toBe('ok');
  });
});

describe('changes', () => {
  it('of other processes are noticed, our own are not taken for theirs', async () => {
    const path = testPath();
    const { store, onDidChange } = openTestStore(path);
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const changes: StoreChange[] = [];
    onDidChange((change) => changes.push(change));
    await store.logMetric(info.runId, metric(1));
    await sleep(700);
    const own = { ...NO_CHANGE, runs: [{ runId: info.runId, experimentId: '0' }] };
    expect(changes).toEqual([own]);
    otherConnection(path).exec(`UPDATE experiments SET name = 'renamed' WHERE experiment_id = 0`);
    await vi.waitFor(() => expect(changes).toHaveLength(2), 2000);
    expect(changes[1]).toEqual({ ...NO_CHANGE, experimentIds: ['0'] });
  });

  it('include that a store appears', async () => {
    const path = testPath();
    const { onDidChange } = openTestStore(path);
    const everything = vi.fn();
    onDidChange(everything);
    await openTestStore(path).store.createExperiment({ name: 'one', tags: [] });
    await vi.waitFor(() => expect(everything).toHaveBeenCalled(), 2000);
  });
});
