import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inspectDatabase } from '../../../../src/server/sqlite/inspectDatabase.js';
import { openTestStore, testPath } from './support.js';

/** Counts experiments in a process of its own, which opens the database, reads and closes it. */
function countElsewhere(path: string): number {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    console.log(database.prepare('SELECT count(*) AS count FROM experiments').get().count);
    database.close();`;
  return Number(execFileSync(process.execPath, ['-e', program, path], { encoding: 'utf8' }));
}

/**
 * The last connection to leave a database deletes its log. Another process must never take itself for the
 * last while we are there, which it does when our locks are lost.
 */
it('nothing that we do loses the locks that keep the log alive', async () => {
  const path = testPath();
  const { store } = openTestStore(path);
  await store.createExperiment({ name: 'one', tags: [] });
  expect(countElsewhere(path)).toBe(2);
  inspectDatabase(path);
  await store.getExperiment('0');
  const second = openTestStore(path);
  await second.store.getExperiment('0');
  await second.close();
  expect(countElsewhere(path)).toBe(2);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await store.createExperiment({ name: 'two', tags: [] });
  expect(countElsewhere(path)).toBe(3);
});
