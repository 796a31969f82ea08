// Databases of others, servers that back them up, and what is beside them then.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, asJson, callApi, request } from '../../support/api.js';
import { type BuiltServer, startBuiltServer } from '../../support/builtServer.js';
import type { StoreInfo } from '../../../src/core/stores/storeInfo.js';
import { WORKBENCH_PATHS } from '../../../src/core/wire/workbenchApi.js';
import { type JournalMode, makeDatabase, testFolder, withDatabase } from './database.js';

export interface TheirDatabase {
  readonly folder: string;
  readonly storePath: string;
  readonly runId: string;
  /** Starts a server that has never seen it, or the one that has. */
  readonly start: (...args: readonly string[]) => Promise<BuiltServer>;
}

/** A database that a server with another state folder has made: what is remembered of it nobody here knows. */
export async function theirDatabase(mode: JournalMode, folder = testFolder()): Promise<TheirDatabase> {
  const storePath = join(folder, 'mlflow.db');
  const runId = await makeDatabase(storePath, mode);
  const stateFolder = join(testFolder(), 'state');
  const start = (...args: readonly string[]) =>
    startBuiltServer({ storePath, stateFolder, args, backup: true });
  return { folder, storePath, runId, start };
}

/** Makes a database larger, in rows of 5 kB. */
export function fatten(path: string, megabytes: number): void {
  withDatabase(path, (database) =>
    database.exec(`PRAGMA synchronous = OFF;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${megabytes * 200})
      INSERT INTO experiment_tags (experiment_id, key, value) SELECT 0, 'fat ' || i, printf('%.*c', 5000, 'x') FROM n`),
  );
}

/** What is beside a database that looks like a backup of it, whole or not. */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('mlflow.db.backup-'));
}

export function setTag({ uri }: BuiltServer, runId: string, key = 'k'): Promise<Answer> {
  return callApi(uri, 'runs/set-tag', { run_id: runId, key, value: 'v' });
}

/** What the server says of its store. */
export async function storeInfo({ uri }: BuiltServer): Promise<StoreInfo> {
  return (await request(uri + WORKBENCH_PATHS.identity)).json.store as StoreInfo;
}

/** Sends the request that switches backups on or off, or begins with one. */
export function askForBackup({ uri }: BuiltServer, body: object): Promise<Answer> {
  return request(uri + WORKBENCH_PATHS.backup, asJson(body));
}
