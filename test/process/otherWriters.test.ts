import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StoreChange } from '../../src/core/domain/changes.js';
import { createRun } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { type PythonProgram, startPython } from '../support/python.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf, withDatabase } from './support/database.js';
import { printDistribution } from './support/distribution.js';
import { isEverything, isOfRun, listenTo } from './support/feed.js';

const WRITE_STEADILY = join(import.meta.dirname, 'python', 'write_steadily.py');
const LIVE_CLIENT = join(import.meta.dirname, 'python', 'live_client.py');
const WRITERS = 4;
const SECONDS = 8;
/** Importing MLflow takes its time. */
const TIMEOUT = 300_000;

interface Report {
  readonly written: number;
  readonly errors: readonly string[];
  readonly slowest: number;
}

/** Starts Python processes that write to a database at the same time, each to its own run. */
async function startWriters(storePath: string, runIds: readonly string[]): Promise<PythonProgram[]> {
  const writers = runIds.map((runId) => startPython(WRITE_STEADILY, storePath, runId, 'mlflow'));
  for (const writer of writers) {
    expect(await writer.line()).toBe('writing');
  }
  return writers;
}

/** How many metrics come to a database in the next seconds. */
async function countWrites(storePath: string): Promise<number> {
  const count = (): number =>
    withDatabase(storePath, (database) => {
      database.exec('PRAGMA busy_timeout = 20000');
      return Number(database.prepare('SELECT count(*) AS number FROM metrics').get()?.number);
    });
  const before = count();
  await sleep(SECONDS * 1000);
  return count() - before;
}

/** A client of MLflow's own in a process of its own, which writes straight to the database. */
async function liveClient(storePath: string) {
  const python = startPython(LIVE_CLIENT, `sqlite:///${storePath}`);
  expect(await python.line()).toBe('ready');
  return async (method: string, args: unknown): Promise<{ readonly at: number; readonly id: string }> => {
    python.tell(JSON.stringify([method, args]));
    return JSON.parse(await python.line()) as { at: number; id: string };
  };
}

describe.each(JOURNAL_MODES)('beside a database in journal mode %s', (mode) => {
  it(
    'four MLflow processes write at once, none fails, and each of their runs is told of',
    async () => {
      const storePath = join(testFolder(), 'mlflow.db');
      await makeDatabase(storePath, mode);
      const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
      const runIds: string[] = [];
      for (let index = 0; index < WRITERS; index += 1) {
        runIds.push(await createRun(server.uri));
      }
      const writers = await startWriters(storePath, runIds);
      const unwatched = await countWrites(storePath);
      const feed = await listenTo(server.uri);
      const watched = await countWrites(storePath);
      writers.forEach((writer) => writer.end());
      const reports = await Promise.all(
        writers.map(async (writer) => JSON.parse(await writer.line()) as Report),
      );

      const slowest = Math.max(...reports.map((report) => report.slowest));
      process.stdout.write(
        `${WRITERS} MLflow processes (${mode}) in ${SECONDS} s: ${unwatched} metrics unwatched, ${watched} watched; ` +
          `the slowest took ${slowest} s\n`,
      );
      expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
      const told = (runId: string): number => feed.heard.filter(isOfRun(runId)).length;
      for (const runId of runIds) {
        expect(told(runId)).toBeGreaterThan(0);
      }
      expect(feed.heard.filter(isEverything).length).toBeLessThan(3);
      expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
    },
    TIMEOUT,
  );

  it(
    'what a client does to a run is told of as that, and soon',
    async () => {
      const storePath = join(testFolder(), 'mlflow.db');
      await makeDatabase(storePath, mode);
      const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
      const feed = await listenTo(server.uri);
      const client = await liveClient(storePath);
      const delays: number[] = [];
      const told = async (method: string, args: unknown, isIt: (change: StoreChange) => boolean) => {
        const heard = feed.next(isIt);
        const { at } = await client(method, args);
        delays.push((await heard).at - at);
      };

      const someRun = feed.next(({ runs }) => runs.length === 1);
      const { id: run_id } = await client('create_run', { experiment_id: '0' });
      expect((await someRun).runs).toEqual([{ runId: run_id, experimentId: '0' }]);
      const isIt = isOfRun(run_id);
      for (let step = 0; step < 20; step += 1) {
        await told('log_metric', { run_id, key: 'loss', value: step, step }, isIt);
      }
      await told('set_tag', { run_id, key: 'progress', value: '10%' }, isIt);
      await told('set_tag', { run_id, key: 'progress', value: '20%' }, isIt);
      await told('log_param', { run_id, key: 'lr', value: 1 }, isIt);
      await told('set_terminated', { run_id }, isIt);
      await told('delete_run', { run_id }, isIt);
      await told('restore_run', { run_id }, isIt);
      const isExperiment = (change: StoreChange) => change.experimentIds.includes('0');
      await told('rename_experiment', { experiment_id: '0', new_name: 'renamed' }, isExperiment);
      await told('set_experiment_tag', { experiment_id: '0', key: 'k', value: '1' }, isExperiment);
      await told('set_experiment_tag', { experiment_id: '0', key: 'k', value: '2' }, isExperiment);
      const isModel = (change: StoreChange) => change.registeredModels.includes('model');
      await told('create_registered_model', { name: 'model' }, isModel);
      await told('update_registered_model', { name: 'model', description: 'best' }, isModel);
      printDistribution(`from a commit of MLflow to the feed (${mode})`, delays);
    },
    TIMEOUT,
  );
});
