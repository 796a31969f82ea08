import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callApi, request } from '../support/api.js';
import { backupsIn, fatten, setTag, storeInfo, theirDatabase } from './support/backups.js';
import { JOURNAL_MODES, valueOf } from './support/database.js';
import { CAN_MOUNT, mountSmallDisk } from './support/disk.js';
import { printDistribution } from './support/distribution.js';

describe.runIf(CAN_MOUNT)('a disk without room for a backup', () => {
  it('keeps the write from being done, says what to do, and does not keep others from reading', async () => {
    const disk = mountSmallDisk(16);
    const { folder, storePath, runId, start } = await theirDatabase('delete', disk.path);
    fatten(storePath, 5);
    disk.fill();
    const server = await start();
    const { status, json } = await setTag(server, runId);
    expect([status, json.error_code]).toEqual([429, 'RESOURCE_EXHAUSTED']);
    expect(json.message).toMatch(/Nothing was written to .*mlflow\.db: .* a backup comes first/);
    expect(json.message).toMatch(/room for 0\.0 MB, and [67]\.\d MB are needed\. Make room .*--no-backup/);
    expect((await storeInfo(server)).backup).toMatchObject({ kind: 'failed', message: json.message });
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).body).not.toContain('"k"');
    expect(backupsIn(folder)).toEqual([]);
    disk.free();
    expect((await setTag(server, runId)).status).toBe(200);
    expect(backupsIn(folder)).toHaveLength(1);
  });

  it('whose room goes while the backup is made is left as it was', async () => {
    const disk = mountSmallDisk(40);
    const { folder, storePath, runId, start } = await theirDatabase('delete', disk.path);
    fatten(storePath, 12);
    const server = await start();
    const written = setTag(server, runId);
    await expect.poll(() => backupsIn(folder).length, { interval: 1 }).toBeGreaterThan(0);
    disk.fill();
    const { status } = await written;
    // Whichever was faster: no half of a backup is left, and nothing was written without a whole one.
    expect(backupsIn(folder)).toHaveLength(status === 200 ? 1 : 0);
    expect(backupsIn(folder).join()).not.toContain('unfinished');
    disk.free();
    expect((await setTag(server, runId)).status).toBe(200);
    expect(backupsIn(folder)).toHaveLength(1);
  });
});

/** The name of a backup that is not whole. SQLite may have a journal beside it. */
const UNFINISHED: unknown = expect.stringMatching(/\.unfinished$/);

/** Starts a write to a large database, and resolves when its backup is being made. */
async function inTheMiddle(megabytes: number) {
  const theirs = await theirDatabase('wal');
  fatten(theirs.storePath, megabytes);
  const server = await theirs.start();
  const written = setTag(server, theirs.runId).catch(() => undefined);
  await expect.poll(() => backupsIn(theirs.folder).length, { interval: 1 }).toBeGreaterThan(0);
  expect(backupsIn(theirs.folder)).toEqual(expect.arrayContaining([UNFINISHED]));
  return { ...theirs, server, written };
}

it('a server that is killed in the middle leaves nothing that looks whole, and the next one deletes it', async () => {
  const { folder, runId, server, written, start } = await inTheMiddle(300);
  server.child.kill('SIGKILL');
  await server.exit;
  await written;
  const left = backupsIn(folder);
  expect(left.filter((name) => !name.includes('.unfinished'))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining([UNFINISHED]));
  const next = await start();
  expect(backupsIn(folder)).toEqual([]);
  expect((await setTag(next, runId)).status).toBe(200);
  expect(backupsIn(folder)).toEqual([expect.not.stringContaining('unfinished')]);
});

it('a server that is asked to end in the middle leaves nothing or a whole one, and its database as it was', async () => {
  const { folder, storePath, server, written } = await inTheMiddle(300);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  const status = (await written)?.status;
  expect(backupsIn(folder)).toHaveLength(status === 200 ? 1 : 0);
  expect(valueOf(storePath, `SELECT count(*) FROM tags WHERE key = 'k'`)).toBe(status === 200 ? 1 : 0);
});

it.each(JOURNAL_MODES)(
  'a large database (%s) is backed up while everybody else is answered',
  async (mode) => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    fatten(storePath, 500);
    const server = await start();
    const started = performance.now();
    let isDone = false;
    const written = setTag(server, runId).finally(() => (isDone = true));
    const times: Record<'health' | 'read', number[]> = { health: [], read: [] };
    const progress = new Set<number>();
    while (!isDone) {
      const begun = performance.now();
      expect((await request(`${server.uri}/health`)).status).toBe(200);
      times.health.push(performance.now() - begun);
      const read = performance.now();
      expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
      times.read.push(performance.now() - read);
      const { backup } = await storeInfo(server);
      if (backup?.kind === 'running' && backup.fraction !== undefined) {
        progress.add(backup.fraction);
      }
    }
    expect((await written).status).toBe(200);
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`a backup of 500 MB (${mode}) and the first write took ${seconds.toFixed(1)} s\n`);
    printDistribution(`health during a backup (${mode})`, times.health);
    printDistribution(`reads of a run during a backup (${mode})`, times.read);
    expect(progress.size).toBeGreaterThan(1);
    // Nobody waited for the backup but the write.
    expect(Math.max(...times.health, ...times.read)).toBeLessThan((seconds * 1000) / 2);
    const [name = ''] = backupsIn(folder);
    expect(valueOf(join(folder, name), `SELECT count(*) FROM experiment_tags`)).toBe(100_000);
  },
);

describe.runIf(CAN_MOUNT)('a folder that cannot be written', () => {
  it('gets no backup, as its database is not written either', async () => {
    const disk = mountSmallDisk(16);
    const { folder, runId, start } = await theirDatabase('delete', disk.path);
    disk.setReadOnly(true);
    const server = await start();
    expect((await storeInfo(server)).backup).toBeUndefined();
    expect((await setTag(server, runId)).json.error_code).toBe('PERMISSION_DENIED');
    expect(readdirSync(folder)).toEqual(['mlflow.db']);
  });

  it('that can be written later gets it then', async () => {
    const disk = mountSmallDisk(16);
    const { folder, runId, start } = await theirDatabase('delete', disk.path);
    disk.setReadOnly(true);
    const server = await start();
    expect((await setTag(server, runId)).status).toBe(403);
    disk.setReadOnly(false);
    expect((await setTag(server, runId)).status).toBe(200);
    expect(backupsIn(folder)).toHaveLength(1);
  });
});
