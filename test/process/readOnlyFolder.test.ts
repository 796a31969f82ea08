import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callApi, createRun } from '../support/api.js';
import { launchServer, startBuiltServer } from '../support/builtServer.js';
import { JOURNAL_MODES, makeDatabase, testFolder, withDatabase } from './support/database.js';
import { CAN_MOUNT, mountSmallDisk } from './support/disk.js';

const FORBIDDEN = { status: 403, json: { error_code: 'PERMISSION_DENIED' } };

/** A place for a database on a disk that can be made read-only, and how to start a server for it. */
function onSmallDisk() {
  const disk = mountSmallDisk(16);
  const storePath = join(disk.path, 'mlflow.db');
  const options = { storePath, stateFolder: join(testFolder(), 'state') };
  return { disk, storePath, start: () => startBuiltServer(options), launch: () => launchServer(options) };
}

function setTag(uri: string, runId: string) {
  return callApi(uri, 'runs/set-tag', { run_id: runId, key: 'k', value: 'v' });
}

describe.runIf(CAN_MOUNT)('a folder that is mounted read-only', () => {
  it.each(JOURNAL_MODES)('is read (%s), not written, and written once it can be', async (mode) => {
    const { disk, storePath, start } = onSmallDisk();
    const runId = await makeDatabase(storePath, mode);
    disk.setReadOnly(true);
    const server = await start();
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    const refused = await setTag(server.uri, runId);
    expect(refused).toMatchObject(FORBIDDEN);
    expect(refused.json.message).toContain(storePath);
    expect(readdirSync(disk.path)).toEqual(['mlflow.db']);
    disk.setReadOnly(false);
    expect((await setTag(server.uri, runId)).status).toBe(200);
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).body).toContain('"k"');
  });

  it('shows what is in the log of a server that was killed', async () => {
    const { disk, start } = onSmallDisk();
    const killed = await start();
    const runId = await createRun(killed.uri);
    killed.child.kill('SIGKILL');
    await killed.exit;
    disk.setReadOnly(true);
    const server = await start();
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    expect(await setTag(server.uri, runId)).toMatchObject(FORBIDDEN);
  });

  it('is refused where only a part of the database could be read', async () => {
    const { disk, storePath, start, launch } = onSmallDisk();
    const killed = await start();
    await createRun(killed.uri);
    killed.child.kill('SIGKILL');
    await killed.exit;
    rmSync(`${storePath}-shm`);
    disk.setReadOnly(true);
    const { exit, messages } = launch();
    expect(await exit).toMatchObject({ code: 1 });
    expect(messages()).toContain(`A part of ${storePath} is in ${storePath}-wal`);
  });

  it('is refused where a transaction that was broken off cannot be taken back', async () => {
    const { disk, storePath, launch } = onSmallDisk();
    await makeDatabase(storePath, 'delete');
    leaveHotJournal(storePath);
    disk.setReadOnly(true);
    const { exit, messages } = launch();
    expect(await exit).toMatchObject({ code: 1 });
    expect(messages()).toContain(`A part of ${storePath} is in ${storePath}-journal`);
  });

  it('holds no new database until it can', async () => {
    const { disk, storePath, start } = onSmallDisk();
    disk.setReadOnly(true);
    const server = await start();
    const create = () => callApi(server.uri, 'experiments/create', { name: 'one' });
    const refused = await create();
    expect(refused).toMatchObject(FORBIDDEN);
    expect(refused.json.message).toContain(storePath);
    disk.setReadOnly(false);
    expect((await create()).status).toBe(200);
  });
});

/** What a process leaves that dies in the middle of a commit: pages that are new, and the old ones in a journal. */
function leaveHotJournal(path: string): void {
  withDatabase(path, (database) => {
    database.exec('PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE');
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO experiment_tags (experiment_id, key, value) SELECT 0, 'k' || i, 'v' FROM n`);
    copyFileSync(path, `${path}.copy`);
    copyFileSync(`${path}-journal`, `${path}.copy-journal`);
    database.exec('ROLLBACK');
  });
  renameSync(`${path}.copy`, path);
  renameSync(`${path}.copy-journal`, `${path}-journal`);
}
