import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callApi, request } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { startPython } from '../support/python.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf } from './support/database.js';
import { printDistribution } from './support/distribution.js';

const HOLD_LOCK = join(import.meta.dirname, 'python', 'hold_lock.py');
const LOCK_SECONDS = 10;

/** Asks for the server's health again and again, and returns how long each answer took. */
async function probeHealth({ uri }: BuiltServer, until: Promise<unknown>): Promise<number[]> {
  let ended = false;
  void until.finally(() => (ended = true));
  const times: number[] = [];
  while (!ended) {
    const started = performance.now();
    expect((await request(`${uri}/health`)).status).toBe(200);
    times.push(performance.now() - started);
    await sleep(10);
  }
  return times;
}

describe.each(JOURNAL_MODES)(
  'a Python process that holds the lock of a database in journal mode %s',
  (mode) => {
    it.each(['IMMEDIATE', 'EXCLUSIVE'])('by BEGIN %s delays writes and nothing else', async (kind) => {
      const storePath = join(testFolder(), 'mlflow.db');
      const runId = await makeDatabase(storePath, mode);
      const server = await startBuiltServer({ storePath });
      const python = startPython(HOLD_LOCK, storePath, kind, String(LOCK_SECONDS));
      expect(await python.line()).toBe('locked');

      let isReleased = false;
      const released = python.line().then(() => (isReleased = true));
      const health = probeHealth(server, released);
      const log = (step: number) =>
        callApi(server.uri, 'runs/log-metric', { run_id: runId, key: 'm', value: step, timestamp: 1, step });
      const writes = Array.from({ length: 20 }, (_, step) => log(step));
      // Only a writer that has no log to write to keeps readers out.
      const readers = mode === 'wal' || kind === 'IMMEDIATE';
      const read = callApi(server.uri, `runs/get?run_id=${runId}`).then(({ status }) => {
        expect(status).toBe(200);
        expect(isReleased).toBe(!readers);
      });
      const answers = await Promise.all(writes);

      expect(await released).toBe(true);
      await read;
      expect(answers.map(({ status }) => status)).toEqual(writes.map(() => 200));
      expect(valueOf(storePath, 'SELECT count(*) FROM metrics')).toBe(writes.length);
      expect(valueOf(storePath, `SELECT value FROM experiment_tags WHERE key = 'held by'`)).toBe('python');
      const times = await health;
      printDistribution(`health while a ${mode} database is locked by BEGIN ${kind}`, times);
      // One that waited for the lock would have taken all of its time.
      expect(Math.max(...times)).toBeLessThan((LOCK_SECONDS * 1000) / 2);
    });
  },
);
