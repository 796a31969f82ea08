// A server that was started for others lives as long as one of them needs it, whatever becomes of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WORKBENCH_PATHS } from '../../src/core/wire/workbenchApi.js';
import { callApi, createRun, request } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { isRunning } from '../support/processFacts.js';
import { startPython } from '../support/python.js';
import { testFolder } from './support/database.js';
import { buildWindow } from './support/windows.js';

const HOLD_RUN = resolve(import.meta.dirname, '../python/scripts/hold_run.py');
const IDLE_SECONDS = 1;
/** Long enough that a server which nobody needs would have ended. */
const LONGER_MS = 3_000;

function startLeased(): Promise<BuiltServer> {
  const args = ['--lease', '--idle-seconds', String(IDLE_SECONDS)];
  return startBuiltServer({ storePath: join(testFolder(), 'mlflow.db'), args });
}

/** A process that holds a lease for a run by an open connection, and does nothing else. */
async function holdRun({ uri }: BuiltServer, runId: string) {
  const url = `${uri}${WORKBENCH_PATHS.runLease}?run_id=${runId}`;
  const program = `fetch(${JSON.stringify(url)}).then(async ({ body }) => {
    for await (const _ of body) console.log('held');
  });`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder;
}

async function leasedRuns({ uri }: BuiltServer): Promise<unknown> {
  return (await request(`${uri}${WORKBENCH_PATHS.leasedRuns}`)).json.run_ids;
}

describe('a server with a lease', () => {
  it('ends when nobody has needed it', async () => {
    const server = await startLeased();
    expect(await server.exit).toEqual({ code: 0, signal: null });
    expect(server.messages()).toContain('nobody needs it');
  });

  it('lives while programs log, and ends after the last one', async () => {
    const server = await startLeased();
    const runId = await createRun(server.uri);
    const until = Date.now() + LONGER_MS;
    for (let step = 0; Date.now() < until; step += 1) {
      const metric = { run_id: runId, key: 'm', value: 1, timestamp: 1, step };
      expect((await callApi(server.uri, 'runs/log-metric', metric)).status).toBe(200);
      await sleep(200);
    }
    expect(server.child.exitCode).toBeNull();
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  it('lives while a script trains in silence, and ends after that was killed', async () => {
    const server = await startLeased();
    // Python takes longer to start than the server would live.
    const waiting = setInterval(() => void request(server.uri + WORKBENCH_PATHS.identity), 200);
    onTestFinished(() => clearInterval(waiting));
    const script = startPython(HOLD_RUN, server.uri);
    const [, pid = ''] = (await script.line()).split(' ');
    clearInterval(waiting);
    await sleep(LONGER_MS);
    expect(server.child.exitCode).toBeNull();
    process.kill(Number(pid), 'SIGKILL');
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  it('is not kept alive by who does not know the secret', async () => {
    const server = await startLeased();
    const asking = setInterval(() => {
      request(`http://127.0.0.1:${server.state.port}/health`).catch(() => undefined);
    }, 100);
    onTestFinished(() => clearInterval(asking));
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });
});

describe('a lease for a run', () => {
  it('keeps the server alive until its holder is killed', async () => {
    const server = await startLeased();
    const runId = await createRun(server.uri);
    const holder = await holdRun(server, runId);
    await sleep(LONGER_MS);
    expect(server.child.exitCode).toBeNull();
    expect(await leasedRuns(server)).toEqual([runId]);
    holder.kill('SIGKILL');
    await vi.waitFor(async () => expect(await leasedRuns(server)).toEqual([]));
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  it('is one for each holder', async () => {
    const server = await startLeased();
    const runId = await createRun(server.uri);
    const [first, second] = [await holdRun(server, runId), await holdRun(server, runId)];
    first.kill('SIGKILL');
    await once(first, 'exit');
    await sleep(500);
    expect(await leasedRuns(server)).toEqual([runId]);
    second.kill('SIGKILL');
    await vi.waitFor(async () => expect(await leasedRuns(server)).toEqual([]));
  });

  it('ends with the server, which does not wait for it', async () => {
    const server = await startLeased();
    const holder = await holdRun(server, await createRun(server.uri));
    const released = once(holder, 'exit');
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    await released;
  });

  it('is for runs that there are', async () => {
    const server = await startLeased();
    const answer = await request(`${server.uri}${WORKBENCH_PATHS.runLease}?run_id=${'0'.repeat(32)}`);
    expect(answer).toMatchObject({ status: 404, json: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });
});

describe('the server of windows', () => {
  it('lives as long as one of them, and ends after the last was killed', async () => {
    vi.stubEnv('MLFLOW_WORKBENCH_IDLE_SECONDS', String(IDLE_SECONDS));
    onTestFinished(() => void vi.unstubAllEnvs());
    const start = await buildWindow(join(testFolder(), 'mlflow.db'));
    const [first, second] = [await start(), await start()];
    first.begin();
    const { pid } = await first.found;
    second.begin();
    expect((await second.found).pid).toBe(pid);
    first.child.kill('SIGKILL');
    await sleep(LONGER_MS);
    expect(isRunning(pid)).toBe(true);
    second.child.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 20_000);
  });
});
