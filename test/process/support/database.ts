// Databases for the tests of this tier, made by the server itself.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { createRun } from '../../support/api.js';
import { startBuiltServer } from '../../support/builtServer.js';
import { makeTemporaryFolder } from '../../support/temporaryFolder.js';

/** The journal modes that databases have: ours, and what MLflow makes. */
export type JournalMode = 'wal' | 'delete';
export const JOURNAL_MODES: readonly JournalMode[] = ['wal', 'delete'];

/** A folder that lives as long as the test. */
export function testFolder(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** Makes a database with one run and closes it. @returns the run's id */
export async function makeDatabase(path: string, mode: JournalMode = 'wal'): Promise<string> {
  const server = await startBuiltServer({ storePath: path, stateFolder: join(testFolder(), 'state') });
  const runId = await createRun(server.uri);
  await server.stop();
  if (mode === 'delete') {
    withDatabase(path, (database) => database.exec('PRAGMA journal_mode = DELETE'));
  }
  return runId;
}

/** Does something with a connection of this process. */
export function withDatabase<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** The one value of a statement. */
export function valueOf(path: string, sql: string): unknown {
  return withDatabase(path, (database) => Object.values(database.prepare(sql).get() ?? {})[0]);
}
