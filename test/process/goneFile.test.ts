import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callApi, createRun } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { pythonWithMlflow } from '../support/python.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf, withDatabase } from './support/database.js';

/** Makes an experiment. @returns its name, or the code of the error */
async function create({ uri }: BuiltServer, name: string): Promise<unknown> {
  const { status, json } = await callApi(uri, 'experiments/create', { name });
  return status === 200 ? name : json.error_code;
}

async function names({ uri }: BuiltServer): Promise<string[]> {
  const { json } = await callApi(uri, 'experiments/search', { max_results: 1000 });
  return ((json.experiments ?? []) as { name: string }[]).map(({ name }) => name).sort();
}

const NAMES = `SELECT group_concat(name) FROM (SELECT name FROM experiments ORDER BY name)`;

const INSERT = `INSERT INTO experiments (name, lifecycle_stage) VALUES ('by another', 'active')`;

/** A server in use, whose database holds `before`, of which a backup holds nothing. */
async function inUse(mode: (typeof JOURNAL_MODES)[number]) {
  const folder = testFolder();
  const storePath = join(folder, 'mlflow.db');
  const backup = join(folder, 'backup.db');
  await makeDatabase(storePath, mode);
  copyFileSync(storePath, backup);
  const server = await startBuiltServer({ storePath, stateFolder: join(testFolder(), 'state') });
  expect(await create(server, 'before')).toBe('before');
  expect(await names(server)).toEqual(['Default', 'before']);
  return { folder, storePath, backup, server };
}

/** Whichever connection meets the change first. */
describe.each(['read', 'write'])('after which a %s comes first', (first) => {
  const meet = (server: BuiltServer, name: string) =>
    first === 'read' ? names(server) : create(server, name);

  describe.each(JOURNAL_MODES)('a database in journal mode %s', (mode) => {
    it('that is replaced by another one is followed there', async () => {
      const { folder, storePath, backup, server } = await inUse(mode);
      renameSync(backup, storePath);
      await meet(server, 'after 1');
      expect(await create(server, 'after 2')).toBe('after 2');
      // Another process has to see the same log, or each destroys what the other writes.
      withDatabase(storePath, (database) => database.exec(INSERT));
      expect(await create(server, 'after 3')).toBe('after 3');
      const expected = [
        'Default',
        ...(first === 'write' ? ['after 1'] : []),
        'after 2',
        'after 3',
        'by another',
      ];
      expect(await names(server)).toEqual(expected);
      await server.stop();
      expect(readdirSync(folder)).toEqual(['mlflow.db']);
      expect(valueOf(storePath, NAMES)).toBe(expected.join());
      expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
    });

    it('that is moved away keeps everything, and is used again when it is back', async () => {
      const { folder, storePath, server } = await inUse(mode);
      const away = join(folder, 'away.db');
      renameSync(storePath, away);
      await meet(server, 'lost');
      expect(await names(server)).toEqual(['Default']);
      expect(valueOf(away, NAMES)).toBe('Default,before');
      renameSync(away, storePath);
      expect(await create(server, 'after')).toBe('after');
      expect(await names(server)).toEqual(['Default', 'after', 'before']);
      await server.stop();
      expect(valueOf(storePath, NAMES)).toBe('Default,after,before');
    });

    it('that is deleted is said to be so once, and then made anew', async () => {
      const { storePath, server } = await inUse(mode);
      rmSync(storePath);
      if (first === 'read') {
        expect(await names(server)).toEqual(['Default']);
      }
      const { status, json } = await callApi(server.uri, 'experiments/create', { name: 'after' });
      expect([status, json.error_code]).toEqual([409, 'ABORTED']);
      expect(json.message).toContain(`The database ${storePath} was deleted or moved`);
      expect(await create(server, 'after')).toBe('after');
      expect(await names(server)).toEqual(['Default', 'after']);
      await server.stop();
      expect(valueOf(storePath, NAMES)).toBe('Default,after');
    });

    it('that is restored by SQLite itself is read as it is now', async () => {
      const { storePath, backup, server } = await inUse(mode);
      const restore =
        'import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))';
      execFileSync(pythonWithMlflow(), ['-c', restore, backup, storePath]);
      await meet(server, 'after 1');
      expect(await create(server, 'after 2')).toBe('after 2');
      expect(await names(server)).not.toContain('before');
      await server.stop();
      expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
    });
  });
});

it('a log that somebody deletes takes nothing with it', async () => {
  const { storePath, server } = await inUse('wal');
  const runId = await createRun(server.uri);
  rmSync(`${storePath}-wal`);
  expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
  expect(await create(server, 'after')).toBe('after');
  await server.stop();
  expect(valueOf(storePath, NAMES)).toBe('Default,after,before');
  expect(valueOf(storePath, 'PRAGMA integrity_check')).toBe('ok');
});
