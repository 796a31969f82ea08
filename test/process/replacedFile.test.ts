import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { callApi, createRun } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { pythonWithMlflow } from '../support/python.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf, withDatabase } from './support/database.js';
import { type Feed, isEverything, isOfRun, listenTo } from './support/feed.js';

const NAMES = 'SELECT group_concat(name) FROM (SELECT name FROM experiments ORDER BY name)';

async function create({ uri }: BuiltServer, name: string): Promise<void> {
  expect((await callApi(uri, 'experiments/create', { name })).status).toBe(200);
}

async function names({ uri }: BuiltServer): Promise<string> {
  const { json } = await callApi(uri, 'experiments/search', { max_results: 1000 });
  return (json.experiments as { name: string }[])
    .map(({ name }) => name)
    .sort()
    .join();
}

/** A server with a listener; its database holds `before`, of which a copy from earlier holds nothing. */
async function inUse(mode: (typeof JOURNAL_MODES)[number]) {
  const folder = testFolder();
  const storePath = join(folder, 'mlflow.db');
  const copy = join(testFolder(), 'copy.db');
  await makeDatabase(storePath, mode);
  copyFileSync(storePath, copy);
  const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
  const feed = await listenTo(server.uri);
  await create(server, 'before');
  expect(await names(server)).toBe('Default,before');
  await untilFileHolds(storePath, 'before');
  return { folder, storePath, copy, server, feed };
}

/** Waits until the database alone holds an experiment, without its log. */
async function untilFileHolds(storePath: string, name: string): Promise<void> {
  await vi.waitFor(() => expect(readFileSync(storePath).includes(name)).toBe(true), { timeout: 10_000 });
}

/** Waits until the feed says "everything", and does what leads to it. */
async function everythingAfter(feed: Feed, act: () => unknown): Promise<void> {
  const told = feed.next(isEverything);
  await act();
  await told;
}

/** Checks that the server and others work on the same, undamaged file. */
async function expectInStep({ server, storePath, feed }: Awaited<ReturnType<typeof inUse>>): Promise<void> {
  await create(server, 'ours');
  const told = feed.next(({ everything, experimentIds }) => everything || experimentIds.length > 0);
  withDatabase(storePath, (database) => {
    database.exec('PRAGMA busy_timeout = 20000');
    database.exec(`INSERT INTO experiments (name, lifecycle_stage) VALUES ('theirs', 'active')`);
  });
  await told;
  const expected = await names(server);
  expect(expected.split(',')).toEqual(expect.arrayContaining(['ours', 'theirs']));
  await server.stop();
  expect(valueOf(storePath, NAMES)).toBe(expected);
  expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
}

describe.each(JOURNAL_MODES)('while somebody listens, a database in journal mode %s', (mode) => {
  it('that another one is moved over', async () => {
    const used = await inUse(mode);
    await everythingAfter(used.feed, () => renameSync(used.copy, used.storePath));
    expect(await names(used.server)).toBe('Default');
    await expectInStep(used);
    expect(readdirSync(used.folder)).toEqual(['mlflow.db']);
  });

  it('that a copy is written over in place', async () => {
    const used = await inUse(mode);
    const { ino } = statSync(used.storePath);
    await everythingAfter(used.feed, () => execFileSync('cp', [used.copy, used.storePath]));
    expect(statSync(used.storePath).ino).toBe(ino);
    expect(await names(used.server)).toBe('Default');
    await expectInStep(used);
  });

  it('that a larger one is written over in place', async () => {
    const used = await inUse(mode);
    withDatabase(used.copy, (database) =>
      database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO experiments (name, lifecycle_stage) SELECT 'e' || i, 'active' FROM n`),
    );
    await everythingAfter(used.feed, () => execFileSync('cp', [used.copy, used.storePath]));
    expect((await names(used.server)).split(',')).toHaveLength(501);
    await expectInStep(used);
  });

  it('that is deleted', async () => {
    const used = await inUse(mode);
    await everythingAfter(used.feed, () => rmSync(used.storePath));
    expect(await names(used.server)).toBe('Default');
    // Said once, before a new one is made.
    expect((await callApi(used.server.uri, 'experiments/create', { name: 'lost' })).status).toBe(409);
    await expectInStep(used);
  });

  it('that is moved away and back', async () => {
    const used = await inUse(mode);
    const away = join(used.folder, 'away.db');
    await everythingAfter(used.feed, () => renameSync(used.storePath, away));
    expect(await names(used.server)).toBe('Default');
    await everythingAfter(used.feed, () => renameSync(away, used.storePath));
    expect(await names(used.server)).toBe('Default,before');
    await expectInStep(used);
  });

  it('that is restored by SQLite itself', async () => {
    const used = await inUse(mode);
    const restore = 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))';
    await everythingAfter(used.feed, () =>
      execFileSync(pythonWithMlflow(), ['-c', restore, used.copy, used.storePath]),
    );
    expect(await names(used.server)).toBe('Default');
    await expectInStep(used);
  });

  it('that is vacuumed, which may number its rows anew', async () => {
    const used = await inUse(mode);
    const runId = await createRun(used.server.uri);
    await everythingAfter(used.feed, () =>
      withDatabase(used.storePath, (database) => {
        database.exec('PRAGMA busy_timeout = 20000');
        database.exec('VACUUM');
      }),
    );
    const told = used.feed.next(isOfRun(runId));
    withDatabase(used.storePath, (database) =>
      database.prepare(`INSERT INTO params (run_uuid, key, value) VALUES (?, 'after', 'vacuum')`).run(runId),
    );
    await told;
    await expectInStep(used);
  });
});
