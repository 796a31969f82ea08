import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { MlflowError } from '../../src/core/base/errors.js';
import { standAside } from '../../src/core/client/storeFile.js';
import { WORKBENCH_PATHS } from '../../src/core/wire/workbenchApi.js';
import { restoreBackup } from '../../src/host/upgrade/restoreBackup.js';
import { asJson, callApi, request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { backupsIn, fatten, setTag, storeInfo, theirDatabase } from './support/backups.js';
import { JOURNAL_MODES, testFolder, valueOf } from './support/database.js';

const NEVER = new AbortController().signal;
const QUIET = (): void => undefined;
/** For a request to arrive and wait. */
const A_WHILE_MS = 500;

const tags = (path: string): unknown => valueOf(path, `SELECT group_concat(key) FROM tags WHERE value = 'v'`);

it.each(JOURNAL_MODES)(
  'while a server stands aside, somebody else has the database (%s) alone',
  async (mode) => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    const server = await start('--no-backup');
    expect((await setTag(server, runId, 'before')).status).toBe(200);
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    const away = await standAside(server.uri, NEVER, QUIET);
    // Made whatever the setting says.
    expect(tags(away.backup.path)).toBe('before');
    expect(readdirSync(folder).sort()).toEqual(['mlflow.db', basename(away.backup.path)]);

    const other = new DatabaseSync(storePath);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    let answered = 0;
    const count = <T>(answer: T): T => {
      answered += 1;
      return answer;
    };
    const waiting = [
      setTag(server, runId, 'meanwhile').then(count),
      callApi(server.uri, `runs/get?run_id=${runId}`).then(count),
    ];
    expect((await request(`${server.uri}/health`)).status).toBe(200);
    expect((await request(server.uri + WORKBENCH_PATHS.standAside, asJson({}))).status).toBe(409);
    await sleep(A_WHILE_MS);
    expect(answered).toBe(0);
    other.exec(`INSERT INTO tags (run_uuid, key, value) VALUES ('${runId}', 'by other', 'v'); COMMIT`);
    other.close();
    away.release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect(tags(storePath)).toBe('before,by other,meanwhile');
  },
);

it('a database that was upgraded meanwhile is what it is now, without having been asked for anything', async () => {
  const storePath = join(testFolder(), 'mlflow.db');
  const args = ['--mlflow-release', '2.22.4'];
  const server = await startBuiltServer({ storePath, args });
  await callApi(server.uri, 'experiments/create', { name: 'one' });
  expect(await storeInfo(server)).toMatchObject({
    revision: '0584bdc529eb',
    isOutdated: true,
    lacks: ['loggedModels', 'assessments', 'spans', 'evaluationDatasets'],
  });
  const away = await standAside(server.uri, NEVER, QUIET);
  const other = new DatabaseSync(storePath);
  other.exec(`UPDATE alembic_version SET version_num = 'of tomorrow'`);
  other.close();
  away.release();
  await expect.poll(async () => (await storeInfo(server)).revision).toBe('of tomorrow');
  expect(await storeInfo(server)).toMatchObject({ revisionAge: 'newer', readOnlyReason: 'unknownRevision' });
  expect((await storeInfo(server)).isOutdated).toBeUndefined();
});

it('whoever gives up waiting leaves nothing behind', async () => {
  const { folder, storePath, runId, start } = await theirDatabase('wal');
  fatten(storePath, 300);
  const server = await start();
  const end = new AbortController();
  const away = standAside(server.uri, end.signal, () => end.abort());
  await expect(away).rejects.toSatisfy((error) => MlflowError.is(error, 'CANCELLED'));
  await expect.poll(() => backupsIn(folder)).toEqual([]);
  expect((await setTag(server, runId)).status).toBe(200);
  expect(backupsIn(folder)).toHaveLength(1);
});

it('a server that stands aside ends when it is asked to', async () => {
  const { storePath, start } = await theirDatabase('wal');
  const server = await start();
  await standAside(server.uri, NEVER, QUIET);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
});

it('there is nothing to stand aside from before a database is made', async () => {
  const server = await startBuiltServer({ storePath: join(testFolder(), 'mlflow.db') });
  await expect(standAside(server.uri, NEVER, QUIET)).rejects.toMatchObject({ code: 'INVALID_STATE' });
});

it.each(JOURNAL_MODES)(
  'a backup that is put back (%s) takes the place of what is there, which is kept',
  async (mode) => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    const server = await start();
    expect((await setTag(server, runId, 'first')).status).toBe(200);
    const [backup = ''] = backupsIn(folder);
    const kept = join(testFolder(), 'kept');
    copyFileSync(join(folder, backup), kept);
    const left = await restoreBackup(server.uri, storePath, join(folder, backup));
    expect(tags(left)).toBe('first');
    expect(readFileSync(join(folder, backup)).equals(readFileSync(kept))).toBe(true);
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).body).not.toContain('first');
    expect((await setTag(server, runId, 'second')).status).toBe(200);
    await server.stop();
    expect(tags(storePath)).toBe('second');
    expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
  },
);
