// An update of the extension takes the former one's files away while its server runs.
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { stateFolderOf } from '../../src/core/servers/stateFolder.js';
import { asJson, callApi, createRun, request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { isRunning } from '../support/processFacts.js';
import { testFolder } from './support/database.js';
import { programOfVersion } from './support/programs.js';
import { extensionOf, problemOf } from './support/windows.js';

const END_WORKERS = join(import.meta.dirname, 'support', 'endWorkers.cjs');

it('a server needs nothing of its program’s folder once it runs', async () => {
  const storePath = join(testFolder(), 'mlflow.db');
  const program = programOfVersion('0.0.1');
  const preload = ([node = '', ...rest]: readonly string[]) => [node, '--require', END_WORKERS, ...rest];
  const server = await startBuiltServer({ storePath, program, by: preload });
  const { uri } = server;
  rmSync(dirname(dirname(program)), { recursive: true });
  expect(existsSync(program)).toBe(false);

  const runId = await createRun(uri);
  // Both threads end, as in a crash, and are started again without their file.
  server.child.kill('SIGUSR2');
  await vi.waitFor(() => expect(server.messages().match(/It is started again/g)).toHaveLength(2));
  const log = (step: number) =>
    callApi(uri, 'runs/log-metric', { run_id: runId, key: 'm', value: step, timestamp: 1, step });
  await vi.waitFor(async () => expect(await log(1)).toMatchObject({ status: 200 }), 10_000);
  await vi.waitFor(async () =>
    expect(await callApi(uri, `runs/get?run_id=${runId}`)).toMatchObject({ status: 200 }),
  );

  const answers = await Promise.all([
    callApi(uri, 'experiments/search', { max_results: 5, filter: `name LIKE 'D%'` }),
    callApi(uri, 'runs/search', { experiment_ids: ['0'], filter: 'metrics.m > 0' }),
    callApi(uri, 'registered-models/create', { name: 'model' }),
    callApi(uri, `artifacts/list?run_id=${runId}`),
    request(`${uri}/api/2.0/mlflow-artifacts/artifacts/a/b.txt`, { method: 'PUT', body: 'text' }),
    request(`${uri}/api/3.0/mlflow/server-info`),
    request(`${uri}/`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  await request(`${uri}/api/workbench/1.0/shutdown`, asJson({}));
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

it('the next extension takes over from a server whose files are gone', async () => {
  const storePath = join(testFolder(), 'mlflow.db');
  const program = programOfVersion('0.0.1');
  const old = await extensionOf(storePath, { version: '0.0.1', program }).ensure(storePath);
  rmSync(dirname(dirname(program)), { recursive: true });
  const next = extensionOf(storePath, { version: '0.0.2', program: programOfVersion('0.0.2') });
  const { uri, identity } = await next.ensure(storePath);
  expect(uri).toBe(old.uri);
  expect(identity.version).toBe('0.0.2');
  expect(isRunning(old.identity.pid)).toBe(false);
});

it('a window that still runs the former extension uses what is there, and else says what to do', async () => {
  const storePath = join(testFolder(), 'mlflow.db');
  const program = programOfVersion('0.0.1');
  const former = extensionOf(storePath, { version: '0.0.1', program });
  rmSync(dirname(dirname(program)), { recursive: true });
  expect(await problemOf(former.ensure(storePath))).toEqual({ kind: 'programGone' });
  const newer = await startBuiltServer({ storePath, stateFolder: stateFolderOf(storePath) });
  expect(await former.ensure(storePath)).toMatchObject({ uri: newer.uri });
});
