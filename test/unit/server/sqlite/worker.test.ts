import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Logger } from '../../../../src/core/base/logger.js';
import { SILENT_LOGGER } from '../../../../src/core/base/logger.js';
import { NO_CHANGE, type StoreChange } from '../../../../src/core/domain/changes.js';
import { openWorkerStore, type OpenStore } from '../../../../src/server/sqlite/openStore.js';
import { buildStoreWorker } from '../../../support/storeWorker.js';
import { otherConnection, testPath } from './support.js';

let workerCode: string;

beforeAll(async () => {
  workerCode = await buildStoreWorker();
});

async function open(path: string, code = workerCode, logger: Logger = SILENT_LOGGER): Promise<OpenStore> {
  const opened = await openWorkerStore({ path, workerCode: code, logger });
  onTestFinished(() => opened.close());
  return opened;
}

describe('a store in workers', () => {
  it('says what it is, and that it was made', async () => {
    const path = testPath();
    const { store, info } = await open(path);
    expect(info()).toMatchObject({ path, exists: false });
    await store.createExperiment({ name: 'one', tags: [] });
    expect(info()).toMatchObject({ path, exists: true });
  });

  it('refuses what is no database of MLflow', async () => {
    const path = testPath();
    writeFileSync(path, 'not a database at all');
    await expect(openWorkerStore({ path, workerCode })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('tells what it changed and what others changed', async () => {
    const path = testPath();
    const { store, onDidChange } = await open(path);
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const changes: StoreChange[] = [];
    onDidChange((change) => changes.push(change));
    await store.setTag(info.runId, { key: 'k', value: 'v' });
    const own = { ...NO_CHANGE, runs: [{ runId: info.runId, experimentId: '0' }] };
    await vi.waitFor(() => expect(changes).toEqual([own]), 2000);
    const theirs = { ...NO_CHANGE, experimentIds: ['0'] };
    await vi.waitFor(() => {
      otherConnection(path).exec(`UPDATE experiments SET last_update_time = last_update_time + 1`);
      expect(changes.at(-1)).toEqual(theirs);
    }, 3000);
  });

  it('finishes what was asked for before it closes, and takes nothing after', async () => {
    const path = testPath();
    const opened = await open(path);
    const writes = Array.from({ length: 50 }, (_, index) =>
      opened.store.setExperimentTag('0', { key: `k${index}`, value: '' }),
    );
    const closed = opened.close();
    await Promise.all(writes);
    await closed;
    await expect(opened.store.getExperiment('0')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    const again = await open(path);
    expect((await again.store.getExperiment('0')).tags).toHaveLength(50);
  });

  it('starts a worker that crashes once more, and fails what it was asked for', async () => {
    const crashing = `${workerCode};
       require('node:worker_threads').parentPort.on('message', ({ call }) => {
         if (call?.method === 'deleteRun') process.exit(1);
       });`;
    const error = vi.fn();
    const { store } = await open(testPath(), crashing, { ...SILENT_LOGGER, error });
    const crash = () => store.deleteRun('any');
    await store.createExperiment({ name: 'one', tags: [] });
    await expect(crash()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    await expect(store.createExperiment({ name: 'two', tags: [] })).resolves.toBe('2');
    await expect(crash()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    await expect(store.createExperiment({ name: 'three', tags: [] })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
    });
    expect((await store.getExperimentByName('two')).experimentId).toBe('2');
    expect(error).toHaveBeenCalledTimes(2);
  });
});
