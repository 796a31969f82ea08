import { copyFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callApi, createRun } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { startPython } from '../support/python.js';
import { askForBackup, backupsIn, setTag, storeInfo, theirDatabase } from './support/backups.js';
import { JOURNAL_MODES, testFolder, valueOf } from './support/database.js';

const WRITE_STEADILY = join(import.meta.dirname, 'python', 'write_steadily.py');
const NAME = /^mlflow\.db\.backup-\d{8}-\d{6}$/;

/** Longer than any look at the lock takes. */
const LOCKED_MS = 1000;

interface Steady {
  readonly written: number;
  readonly errors: readonly string[];
}

describe.each(JOURNAL_MODES)('a database of others in journal mode %s', (mode) => {
  it('is backed up by the first write, once, and not by reads', async () => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    const server = await start();
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    const due = (await storeInfo(server)).backup;
    expect(due).toEqual({ kind: 'due', bytes: statSync(storePath).size });
    expect(backupsIn(folder)).toEqual([]);

    expect((await setTag(server, runId)).status).toBe(200);
    const [name = '', ...others] = backupsIn(folder);
    expect(name).toMatch(NAME);
    expect(others).toEqual([]);
    const path = join(folder, name);
    expect((await storeInfo(server)).backup).toEqual({ kind: 'made', path, bytes: statSync(path).size });
    expect(statSync(path).mode).toBe(statSync(storePath).mode);

    await server.stop();
    const again = await start();
    expect((await setTag(again, runId, 'again')).status).toBe(200);
    expect((await storeInfo(again)).backup).toMatchObject({ kind: 'made', path });
    await again.stop();
    expect(readdirSync(folder).sort()).toEqual(['mlflow.db', name]);
    expect(valueOf(path, 'PRAGMA journal_mode')).toBe(mode);
    expect(valueOf(path, 'PRAGMA integrity_check')).toBe('ok');
    expect(valueOf(path, `SELECT count(*) FROM tags WHERE key = 'k'`)).toBe(0);
  });

  it('is backed up as of one moment while Python writes to it, which loses nothing', async () => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    const writers = ['mlflow', 'sqlite'].map((kind) => startPython(WRITE_STEADILY, storePath, runId, kind));
    for (const writer of writers) {
      expect(await writer.line()).toBe('writing');
    }
    const server = await start();
    expect((await setTag(server, runId)).status).toBe(200);
    writers.forEach((writer) => writer.end());
    for (const writer of writers) {
      const { written, errors } = JSON.parse(await writer.line()) as Steady;
      expect({ errors, isAny: written > 0 }).toEqual({ errors: [], isAny: true });
    }
    const [name = ''] = backupsIn(folder);
    const copy = join(folder, name);
    expect(valueOf(copy, 'PRAGMA integrity_check')).toBe('ok');
    const count = Number(valueOf(copy, 'SELECT count(*) FROM metrics'));
    // Every step up to the last one that is in it.
    expect(count).toBeGreaterThan(0);
    expect(valueOf(copy, 'SELECT max(step) + 1 FROM metrics')).toBe(count);
    expect(valueOf(storePath, 'SELECT count(*) FROM metrics')).toBeGreaterThanOrEqual(count);
  });

  it('that takes the place of one that is backed up is backed up too', async () => {
    const { folder, storePath, runId, start } = await theirDatabase(mode);
    const kept = join(testFolder(), 'kept.db');
    copyFileSync(storePath, kept);
    const server = await start();
    expect((await setTag(server, runId)).status).toBe(200);
    expect(backupsIn(folder)).toHaveLength(1);
    renameSync(join(folder, backupsIn(folder)[0] ?? ''), join(folder, 'first'));
    copyFileSync(kept, `${storePath}.new`);
    renameSync(`${storePath}.new`, storePath);
    expect((await setTag(server, runId, 'after')).status).toBe(200);
    expect(backupsIn(folder)).toHaveLength(1);
  });
});

it('a database of ours is not backed up, also not after it was moved', async () => {
  const folder = testFolder();
  const states = join(testFolder(), 'servers');
  const storePath = join(folder, 'mlflow.db');
  const server = await startBuiltServer({ storePath, stateFolder: join(states, 'one'), backup: true });
  const runId = await createRun(server.uri);
  expect((await storeInfo(server)).backup).toBeUndefined();
  await server.stop();
  const moved = join(testFolder(), 'moved.db');
  renameSync(storePath, moved);
  const other = await startBuiltServer({
    storePath: moved,
    stateFolder: join(states, 'other'),
    backup: true,
  });
  expect((await setTag(other, runId)).status).toBe(200);
  await other.stop();
  expect(readdirSync(join(moved, '..'))).toEqual(['moved.db']);
});

it('a database that appears while the server runs is backed up when it is written to', async () => {
  const { storePath: theirs, runId } = await theirDatabase('wal');
  const folder = testFolder();
  const storePath = join(folder, 'mlflow.db');
  const server = await startBuiltServer({
    storePath,
    stateFolder: join(testFolder(), 'state'),
    backup: true,
  });
  expect((await callApi(server.uri, 'experiments/search', { max_results: 1 })).status).toBe(200);
  copyFileSync(theirs, `${storePath}.new`);
  renameSync(`${storePath}.new`, storePath);
  expect((await setTag(server, runId)).status).toBe(200);
  expect(backupsIn(folder)).toHaveLength(1);
});

it('backups can be switched off and on, at the start and later', async () => {
  const { folder, runId, start } = await theirDatabase('wal');
  const server = await start('--no-backup');
  expect((await storeInfo(server)).backup).toBeUndefined();
  expect((await setTag(server, runId)).status).toBe(200);
  expect(backupsIn(folder)).toEqual([]);
  await askForBackup(server, { wanted: true });
  expect((await askForBackup(server, { wanted: 1 })).json.error_code).toBe('INVALID_PARAMETER_VALUE');
  await expect.poll(async () => (await storeInfo(server)).backup?.kind).toBe('due');
  await askForBackup(server, { now: true });
  await expect.poll(async () => (await storeInfo(server)).backup?.kind).toBe('made');
  expect(backupsIn(folder)).toHaveLength(1);
  expect((await setTag(server, runId)).status).toBe(200);
  await askForBackup(server, { now: true });
  expect(backupsIn(folder)).toHaveLength(1);
});

it('a backup that its owner has deleted is spoken of no more, and not made again', async () => {
  const { folder, runId, start } = await theirDatabase('wal');
  const server = await start();
  expect((await setTag(server, runId)).status).toBe(200);
  renameSync(join(folder, backupsIn(folder)[0] ?? ''), join(folder, 'kept elsewhere'));
  expect((await storeInfo(server)).backup).toBeUndefined();
  expect((await setTag(server, runId, 'again')).status).toBe(200);
  expect(backupsIn(folder)).toEqual([]);
});

it('a lock of another program delays the backup, and with it the write', async () => {
  const { folder, storePath, runId, start } = await theirDatabase('delete');
  const server = await start();
  const other = new DatabaseSync(storePath);
  onTestFinished(() => other.close());
  other.exec('BEGIN EXCLUSIVE');
  const asked = setTag(server, runId);
  await sleep(LOCKED_MS);
  expect(backupsIn(folder)).toEqual([]);
  other.exec('COMMIT');
  expect((await asked).status).toBe(200);
  expect(backupsIn(folder)).toHaveLength(1);
});
