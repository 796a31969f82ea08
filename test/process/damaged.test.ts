import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callApi, createRun } from '../support/api.js';
import { type BuiltServer, launchServer, startBuiltServer } from '../support/builtServer.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf, withDatabase } from './support/database.js';

const PAGE = 4096;

/** Writes over a part of a file, where it is. */
function overwrite(path: string, position: number, content: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, content, 0, content.length, position);
  closeSync(file);
}

describe('a server does not start, and says why, where there is', () => {
  it.each<[string, (path: string) => void, RegExp]>([
    ['a text', (path) => writeFileSync(path, 'no database at all'), /is not an SQLite database/],
    ['a folder', (path) => mkdirSync(path), /is not an SQLite database/],
    [
      'a database of something else',
      (path) => withDatabase(path, (database) => database.exec('CREATE TABLE moz_places (id)')),
      /holds no MLflow store/,
    ],
  ])('%s', async (_, make, message) => {
    const folder = testFolder();
    const storePath = join(folder, 'mlflow.db');
    make(storePath);
    const { announcement, exit, messages } = launchServer({
      storePath,
      stateFolder: join(testFolder(), 'state'),
    });
    expect(await announcement).toMatchObject({
      event: 'failed',
      message: expect.stringContaining(storePath) as string,
    });
    expect(await exit).toMatchObject({ code: 1 });
    expect(messages()).toMatch(message);
    expect(readdirSync(folder)).toEqual(['mlflow.db']);
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['a garbled header', (path) => overwrite(path, 0, Buffer.alloc(100, 7)), /is not an SQLite database/],
    ['the half of a database', (path) => truncateSync(path, 10 * PAGE), /is damaged/],
    ['a garbled first table', (path) => overwrite(path, 100, Buffer.alloc(PAGE - 100, 7)), /is damaged/],
  ])('%s', async (_, damage, message) => {
    const storePath = join(testFolder(), 'mlflow.db');
    await makeDatabase(storePath);
    damage(storePath);
    const { exit, messages } = launchServer({ storePath, stateFolder: join(testFolder(), 'state') });
    expect(await exit).toMatchObject({ code: 1 });
    expect(messages()).toMatch(message);
    expect(messages()).toContain(storePath);
  });
});

it('an empty file is the place of a database', async () => {
  const storePath = join(testFolder(), 'mlflow.db');
  writeFileSync(storePath, '');
  const server = await startBuiltServer({ storePath });
  await createRun(server.uri);
  await server.stop();
  expect(valueOf(storePath, 'SELECT count(*) FROM runs')).toBe(1);
});

it('a file without tables is a database once somebody has written one over it', async () => {
  const folder = testFolder();
  const [storePath, other] = [join(folder, 'mlflow.db'), join(folder, 'other.db')];
  const runId = await makeDatabase(other, 'delete');
  withDatabase(storePath, (database) => database.exec('PRAGMA page_size = 4096; VACUUM'));
  expect(statSync(storePath).size).toBe(PAGE);
  const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
  expect((await read(server, runId)).status).toBe(404);
  copyFileSync(other, storePath);
  expect((await read(server, runId)).status).toBe(200);
  expect((await write(server, runId)).status).toBe(200);
});

/** A server over a database with a page of parameters, and what is needed to break and to mend it. */
async function inUse(mode: (typeof JOURNAL_MODES)[number]) {
  const folder = testFolder();
  const storePath = join(folder, 'mlflow.db');
  const runId = await makeDatabase(storePath, mode);
  const backup = join(folder, 'backup.db');
  copyFileSync(storePath, backup);
  const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
  const pages = Number(valueOf(storePath, 'PRAGMA page_count'));
  return { storePath, runId, backup, server, pages };
}

const read = ({ uri }: BuiltServer, runId: string) => callApi(uri, `runs/get?run_id=${runId}`);
const write = ({ uri }: BuiltServer, runId: string) =>
  callApi(uri, 'runs/set-tag', { run_id: runId, key: 'k', value: 'v' });

describe.each(JOURNAL_MODES)('a database in journal mode %s that is damaged while it is in use', (mode) => {
  it.each<[string, (path: string, pages: number) => void]>([
    ['by a garbled header', (path) => overwrite(path, 0, Buffer.alloc(100, 7))],
    ['by garbled pages', (path, pages) => overwrite(path, PAGE, Buffer.alloc((pages - 1) * PAGE, 7))],
    ['by being cut off', (path) => truncateSync(path, 2 * PAGE)],
    ['by being emptied', (path) => truncateSync(path, 0)],
  ])('%s is said to be so, and used again once it is restored', async (_, damage) => {
    const { storePath, runId, backup, server, pages } = await inUse(mode);
    damage(storePath, pages);
    for (const answer of [await read(server, runId), await write(server, runId)]) {
      expect(answer.json).toMatchObject({
        error_code: expect.stringMatching(/^(BAD_REQUEST|ABORTED|RESOURCE_DOES_NOT_EXIST)$/) as string,
      });
    }
    copyFileSync(backup, storePath);
    expect((await read(server, runId)).status).toBe(200);
    expect((await write(server, runId)).status).toBe(200);
    await server.stop();
    expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
    expect(valueOf(storePath, `SELECT value FROM tags WHERE key = 'k'`)).toBe('v');
  });
});
