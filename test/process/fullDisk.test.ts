import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, callApi, createRun, request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { makeDatabase, testFolder, valueOf } from './support/database.js';
import { CAN_MOUNT, mountSmallDisk } from './support/disk.js';

const VALUE = 'x'.repeat(5000);

/** Sets tags until one is refused. @returns how many were acknowledged, and the refusal */
async function writeUntilRefused(uri: string, runId: string): Promise<{ kept: number; refusal: Answer }> {
  for (let kept = 0; ; kept += 1) {
    const answer = await callApi(uri, 'runs/set-tag', { run_id: runId, key: `t${kept}`, value: VALUE });
    if (answer.status !== 200) {
      return { kept, refusal: answer };
    }
  }
}

function tagsOf(path: string): unknown {
  return valueOf(path, `SELECT count(*) FROM tags WHERE key GLOB 't[0-9]*'`);
}

describe.runIf(CAN_MOUNT)('a full disk', () => {
  /** A server whose store, and nothing else of it, is on a small disk. */
  async function onSmallDisk(args: readonly string[] = []) {
    const disk = mountSmallDisk(8);
    const storePath = join(disk.path, 'mlflow.db');
    const start = () => startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state'), args });
    return { disk, storePath, start, server: await start() };
  }

  const full = (path: string) => ({
    error_code: 'RESOURCE_EXHAUSTED',
    message: expect.stringContaining(`The disk that holds ${path} is full`) as string,
  });

  it('refuses writes, serves reads, loses nothing, and is forgotten once there is room', async () => {
    const { disk, storePath, server } = await onSmallDisk();
    const runId = await createRun(server.uri);
    disk.fill();
    const { kept, refusal } = await writeUntilRefused(server.uri, runId);
    expect(refusal).toMatchObject({ status: 429, json: full(storePath) });
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    expect((await writeUntilRefused(server.uri, runId)).refusal.status).toBe(429);
    disk.free();
    expect((await callApi(server.uri, 'runs/set-tag', { run_id: runId, key: 'u', value: 'v' })).status).toBe(
      200,
    );
    await server.stop();
    expect(tagsOf(storePath)).toBe(kept);
    expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
  });

  it('is said before there is a database, which is made once there is room', async () => {
    const { disk, storePath, server } = await onSmallDisk();
    disk.fill();
    const create = () => callApi(server.uri, 'experiments/create', { name: 'one' });
    expect(await create()).toMatchObject({ status: 429, json: full(storePath) });
    disk.free();
    expect((await create()).status).toBe(200);
  });

  it('refuses an upload, of which nothing is left', async () => {
    const { disk, server } = await onSmallDisk(['--serve-artifacts']);
    const upload = (name: string, bytes: number) =>
      request(`${server.uri}/api/2.0/mlflow-artifacts/artifacts/${name}`, {
        method: 'PUT',
        body: Buffer.alloc(bytes),
      });
    expect((await upload('small', 1000)).status).toBe(200);
    const refused = await upload('large', 20_000_000);
    expect(refused).toMatchObject({ status: 429, json: { error_code: 'RESOURCE_EXHAUSTED' } });
    expect(readdirSync(join(disk.path, 'mlartifacts'))).toEqual(['small']);
    expect((await upload('small', 2000)).status).toBe(200);
  });

  it('at the start is said, or does not matter', async () => {
    const { disk, storePath, server, start } = await onSmallDisk();
    const runId = await createRun(server.uri);
    await server.stop();
    disk.fill();
    await expect(start()).rejects.toThrow(`The disk that holds ${storePath} is full`);
    disk.free();
    const again = await start();
    expect((await callApi(again.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
  });
});

describe.runIf(process.platform === 'linux')('a limit on the size of files, as a quota is one', () => {
  it('refuses writes, serves reads, loses nothing, and is forgotten once it is lifted', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const runId = await makeDatabase(storePath);
    const server = await startBuiltServer({
      storePath,
      by: (command) => ['bash', '-c', 'ulimit -S -f 1500 && exec "$@"', 'bash', ...command],
    });
    const { kept, refusal } = await writeUntilRefused(server.uri, runId);
    expect(refusal).toMatchObject({
      status: 500,
      json: {
        error_code: 'INTERNAL_ERROR',
        message: expect.stringContaining(`${storePath} could not be written`) as string,
      },
    });
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    execFileSync('prlimit', ['--pid', String(server.state.pid), '--fsize=unlimited:']);
    expect((await callApi(server.uri, 'runs/set-tag', { run_id: runId, key: 'u', value: 'v' })).status).toBe(
      200,
    );
    await server.stop();
    expect(tagsOf(storePath)).toBe(kept);
    expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
  });
});
