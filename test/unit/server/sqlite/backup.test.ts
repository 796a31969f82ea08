import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { backupPath } from '../../../../src/server/sqlite/backup/backupFile.js';
import { copyByStatement, copyDatabase } from '../../../../src/server/sqlite/backup/copyDatabase.js';
import { KnownDatabases } from '../../../../src/server/sqlite/backup/knownDatabases.js';
import { openConnection } from '../../../../src/server/sqlite/connections.js';
import { openTestStore, otherConnection, testFolder, testPath, valueOf } from './support.js';

const backups = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => name.includes('.backup-'));

/** A database of others with 20 MB in it. */
async function theirs(): Promise<string> {
  const path = testPath();
  const made = openTestStore(path);
  await made.store.createExperiment({ name: 'theirs', tags: [] });
  await made.close();
  const other = otherConnection(path);
  other.exec('CREATE TABLE fat (value BLOB)');
  other.exec('INSERT INTO fat VALUES (zeroblob(20000000))');
  other.close();
  return path;
}

it('a write that has waited long enough for the backup is told to come again, and the backup goes on', async () => {
  const path = await theirs();
  const options = { backup: true, stateFolder: testFolder(), lockPatience: 0 };
  const { store, info } = openTestStore(path, options);
  await store.getExperimentByName('theirs');
  expect(info().backup?.kind).toBe('due');
  const create = (name: string) => store.createExperiment({ name, tags: [] });
  await expect(create('one')).rejects.toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE' });
  await expect(store.getExperimentByName('one')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  await expect.poll(() => info().backup?.kind).toBe('made');
  await create('one');
  expect(backups(path)).toHaveLength(1);
});

it('requests wait while everybody stands aside, and no longer than their time', async () => {
  const path = await theirs();
  const { store, file } = openTestStore(path, { lockPatience: 0 });
  const comeBack = await file.standAside();
  await expect(store.getExperimentByName('theirs')).rejects.toMatchObject({
    code: 'TEMPORARILY_UNAVAILABLE',
  });
  const asked = store.getExperimentByName('theirs');
  await sleep(100);
  comeBack();
  expect((await asked)?.name).toBe('theirs');
});

it('a store that keeps no state makes no backup', async () => {
  const path = await theirs();
  const { store, file } = openTestStore(path, { backup: true });
  await store.createExperiment({ name: 'one', tags: [] });
  await expect(file.backUp()).rejects.toMatchObject({ code: 'INVALID_STATE' });
  expect(backups(path)).toEqual([]);
});

it('a backup has a name of its own', () => {
  const folder = testFolder();
  const path = join(folder, 'mlflow.db');
  const now = new Date(2026, 0, 2, 3, 4, 5);
  const names = Array.from({ length: 3 }, () => {
    const free = backupPath(path, now);
    writeFileSync(free, '');
    return free;
  });
  expect(names).toEqual(['', '-2', '-3'].map((end) => `${path}.backup-20260102-030405${end}`));
});

it('what is known is known to the next server, of neighbours too, and is for its owner only', () => {
  const servers = join(testFolder(), 'servers');
  const one = new KnownDatabases(join(servers, 'one'));
  one.add({ key: 'a' });
  one.add({ key: 'b', backup: { path: '/b', bytes: 1 } });
  const again = new KnownDatabases(join(servers, 'one'));
  expect([again.find('a'), again.find('b')?.backup, again.find('c')]).toEqual([
    { key: 'a' },
    { path: '/b', bytes: 1 },
    undefined,
  ]);
  const neighbour = new KnownDatabases(join(servers, 'two'));
  neighbour.add({ key: 'c' });
  expect(neighbour.find('a')).toEqual({ key: 'a' });
  const elsewhere = new KnownDatabases(join(testFolder(), 'other'));
  expect(elsewhere.find('a')).toBeUndefined();
  expect(statSync(join(servers, 'one', 'databases.json')).mode & 0o077).toBe(0);
});

it('a backup that was broken off is found and deleted; a memory that makes no sense is none', () => {
  const folder = testFolder();
  const [half, journal] = [join(folder, 'half'), join(folder, 'half-journal')];
  const state = join(folder, 'state');
  new KnownDatabases(state).begin(half);
  [half, journal].forEach((path) => writeFileSync(path, ''));
  new KnownDatabases(state).removeUnfinished();
  expect(readdirSync(folder)).toEqual(['state']);
  writeFileSync(join(state, 'databases.json'), '{"databases": 3');
  expect(new KnownDatabases(state).find('a')).toBeUndefined();
});

it('both ways of copying give the same rows, with what is in the log', async () => {
  const path = await theirs();
  const other = otherConnection(path);
  other.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  other.exec(`INSERT INTO experiment_tags (experiment_id, key, value) VALUES (0, 'in the', 'log')`);
  const source = openConnection(path, 'reader');
  const [pages, statement] = ['pages', 'statement'].map((name) => join(testFolder(), name));
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  await copyDatabase(source, pages ?? '', options);
  copyByStatement(source, statement ?? '');
  source.close();
  for (const copy of [pages ?? '', statement ?? '']) {
    expect(valueOf(copy, 'SELECT key || value FROM experiment_tags')).toBe('in thelog');
    expect(valueOf(copy, 'SELECT count(*) FROM experiments')).toBe(2);
    expect(valueOf(copy, 'PRAGMA integrity_check')).toBe('ok');
  }
});
