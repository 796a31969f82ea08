import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inspectDatabase } from '../../../../src/server/sqlite/inspectDatabase.js';
import { openTestStore, testPath } from './support.js';

/** How many locks this process holds on a file. */
function locksOn(path: string): number {
  const inode = String(statSync(path).ino);
  const lines = readFileSync('/proc/locks', 'utf8').split('\n');
  return lines.filter((line) => line.includes(` ${process.pid} `) && line.includes(`:${inode} `)).length;
}

/**
 * A process that opens and closes a file by itself loses its locks on it, SQLite's too. Another process then
 * takes itself for the last one to leave the database and deletes the log, with all that we write later.
 */
it.runIf(process.platform === 'linux')('nothing that we do loses the locks of our connections', async () => {
  const path = testPath();
  const { store } = openTestStore(path);
  await store.createExperiment({ name: 'one', tags: [] });
  expect(locksOn(path)).toBe(1);
  inspectDatabase({ path });
  expect(locksOn(path)).toBe(1);
  await store.getExperiment('0');
  const second = openTestStore(path);
  await second.store.createExperiment({ name: 'two', tags: [] });
  await second.store.getExperiment('0');
  await second.close();
  expect(locksOn(path)).toBe(1);
});
