// A store in a folder that several machines open: each has a server of its own, with a name and a state of its own.
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ServerIdentity, WORKBENCH_PATHS } from '../../src/core/wire/workbenchApi.js';
import { callApi, createRun, request } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { testFolder } from './support/database.js';

/** As long as a server is believed to be alive that says nothing, and then some. */
const TAKE_OVER_MS = 40_000;

/** The server that a machine of this name starts for a store that others open too. */
function serverOn(hostName: string, storePath: string): Promise<BuiltServer> {
  const stateFolder = join(testFolder(), hostName);
  return startBuiltServer({ storePath, stateFolder, args: ['--shared', '--host-name', hostName] });
}

async function storeOf({ uri }: { uri: string }) {
  const answer = await request(`${uri}${WORKBENCH_PATHS.identity}`);
  return (answer.json as unknown as ServerIdentity).store;
}

async function untilWritable(server: BuiltServer): Promise<void> {
  const store = () => storeOf(server).catch(() => ({ readOnlyReason: 'restarting' }));
  await vi.waitFor(async () => expect((await store()).readOnlyReason).toBeUndefined(), {
    timeout: TAKE_OVER_MS,
    interval: 200,
  });
}

function filesBeside(storePath: string): string[] {
  return readdirSync(dirname(storePath)).filter((name) => name.startsWith('mlflow.db.'));
}

describe('the server of a second machine', () => {
  it('reads, says who writes, and takes over at its own address when that one ends', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const first = await serverOn('alpha', storePath);
    const runId = await createRun(first.uri);
    expect(filesBeside(storePath).sort()).toEqual(['mlflow.db.workbench-holder', 'mlflow.db.workbench-lock']);
    const second = await serverOn('beta', storePath);
    expect(await storeOf(second)).toMatchObject({
      readOnlyReason: 'servedElsewhere',
      servedBy: { hostName: 'alpha', pid: first.child.pid },
    });
    const tag = { run_id: runId, key: 'k', value: 'v' };
    expect(await callApi(second.uri, 'runs/set-tag', tag)).toMatchObject({
      status: 403,
      json: { message: expect.stringMatching(/process \d+ \(version .*\) on alpha/) as string },
    });
    // What the first one writes is there at once.
    const later = await createRun(first.uri);
    expect((await callApi(second.uri, `runs/get?run_id=${later}`)).status).toBe(200);

    await first.stop();
    await untilWritable(second);
    expect((await callApi(second.uri, 'runs/set-tag', tag)).status).toBe(200);
    const again = await serverOn('alpha', storePath);
    expect(await storeOf(again)).toMatchObject({ servedBy: { hostName: 'beta' } });
    await again.stop();
    await second.stop();
    expect(filesBeside(storePath)).toEqual([]);
  });

  it('reads of a store that is not made yet, and makes none', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    await serverOn('alpha', storePath);
    const second = await serverOn('beta', storePath);
    expect(await storeOf(second)).toMatchObject({ exists: false, readOnlyReason: 'servedElsewhere' });
    expect((await callApi(second.uri, 'runs/create', { experiment_id: '0' })).status).toBe(403);
  });

  it('takes over when the first one is killed', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const first = await serverOn('alpha', storePath);
    const runId = await createRun(first.uri);
    const second = await serverOn('beta', storePath);
    first.child.kill('SIGKILL');
    await untilWritable(second);
    const tag = { run_id: runId, key: 'k', value: 'v' };
    expect((await callApi(second.uri, 'runs/set-tag', tag)).status).toBe(200);
  });
});

describe('the same machine', () => {
  it('goes on at once after its server was killed', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const first = await serverOn('alpha', storePath);
    first.child.kill('SIGKILL');
    await first.exit;
    const second = await serverOn('alpha', storePath);
    expect(await storeOf(second)).not.toHaveProperty('readOnlyReason');
  });
});

describe('a file system whose locks end at the machine', () => {
  /** Says that a server of another machine is alive, as it would, until the result is called. */
  function keepRecord(storePath: string): () => void {
    const path = `${storePath}.workbench-holder`;
    const beat = (): void => {
      writeFileSync(path, JSON.stringify({ version: '1.2.3', pid: 4711, hostName: 'gamma' }));
    };
    beat();
    const timer = setInterval(beat, 1_000);
    onTestFinished(() => clearInterval(timer));
    return () => clearInterval(timer);
  }

  it('has one writing server too, which the others hear of by its record', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const end = keepRecord(storePath);
    const server = await serverOn('alpha', storePath);
    expect(await storeOf(server)).toMatchObject({
      readOnlyReason: 'servedElsewhere',
      servedBy: { hostName: 'gamma', pid: 4711, version: '1.2.3' },
    });
    end();
    await untilWritable(server);
  });

  it('has one that gives way where another has taken over while it slept', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const server = await serverOn('alpha', storePath);
    await createRun(server.uri);
    const end = keepRecord(storePath);
    await vi.waitFor(
      async () => expect(await storeOf(server)).toMatchObject({ servedBy: { hostName: 'gamma' } }),
      { timeout: TAKE_OVER_MS, interval: 200 },
    );
    expect(server.messages()).toContain('has taken over while this machine was not heard of');
    end();
    await untilWritable(server);
  });
});
