import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { startPython } from '../support/python.js';
import { JOURNAL_MODES, makeDatabase, testFolder, valueOf, withDatabase } from './support/database.js';

const WRITE_STEADILY = join(import.meta.dirname, 'python', 'write_steadily.py');
const POINTS = 1_000_000;
const RUNS = 20_000;
const SECONDS = 10;

/** Fills a database with a long history and many runs. */
function fill(path: string, runId: string): void {
  withDatabase(path, (database) => {
    database.exec('BEGIN');
    database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${POINTS})
         INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) SELECT 'loss', i, i, ?, i / 2, 0 FROM n`,
      )
      .run(runId);
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${RUNS})`;
    database.exec(`
      ${numbers} INSERT INTO runs (run_uuid, name, source_type, entry_point_name, user_id, status, start_time,
          end_time, deleted_time, source_name, source_version, lifecycle_stage, artifact_uri, experiment_id)
        SELECT printf('%032x', i), 'run ' || i, 'LOCAL', '', 'me', 'FINISHED', i, i, NULL, '', '', 'active', '/x', 0
        FROM n;
      ${numbers} INSERT INTO tags (run_uuid, key, value) SELECT printf('%032x', i), 'tag', 'value ' || i FROM n;
      ${numbers} INSERT INTO params (run_uuid, key, value) SELECT printf('%032x', i), 'param', 'value' FROM n;
      COMMIT`);
  });
}

/** The longest reads that clients can ask for. */
function readsOf(uri: string, runId: string): (() => Promise<{ readonly status: number }>)[] {
  const api = `${uri}/api/2.0/mlflow`;
  const search = (body: unknown) =>
    request(`${api}/runs/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_ids: ['0'], ...(body as object) }),
    });
  return [
    () => search({ max_results: 50_000 }),
    () => search({ max_results: 10, filter: `tags.tag LIKE '%9999%' AND params.param = 'value'` }),
    () => search({ max_results: 1000, order_by: ['tags.tag DESC'] }),
    () => request(`${api}/metrics/get-history?run_id=${runId}&metric_key=loss`),
    () => request(`${api}/metrics/get-history?run_id=${runId}&metric_key=loss&max_results=25000`),
    () =>
      request(`${api}/metrics/get-history-bulk-interval?run_ids=${runId}&metric_key=loss&max_results=300`),
    () => request(`${uri}/api/workbench/1.0/runs/metric-summaries?run_id=${runId}&points=300`),
  ];
}

describe.each(JOURNAL_MODES)('long reads of a database in journal mode %s', (mode) => {
  it.each(['mlflow', 'sqlite'])('make no Python process fail that writes by %s', async (kind) => {
    const storePath = join(testFolder(), 'mlflow.db');
    const runId = await makeDatabase(storePath, mode);
    fill(storePath, runId);
    const server = await startBuiltServer({ storePath });
    const python = startPython(WRITE_STEADILY, storePath, runId, kind);
    expect(await python.line()).toBe('writing');

    let ended = false;
    const readers = readsOf(server.uri, runId).map(async (read) => {
      const statuses = new Set<number>();
      do {
        statuses.add((await read()).status);
      } while (!ended);
      return statuses;
    });
    await sleep(SECONDS * 1000);
    ended = true;
    const statuses = await Promise.all(readers);
    python.end();

    const report = JSON.parse(await python.line()) as { written: number; errors: string[]; slowest: number };
    process.stdout.write(`${kind} beside long reads (${mode}): ${JSON.stringify(report)}\n`);
    expect(report.errors).toEqual([]);
    expect(statuses).toEqual(readers.map(() => new Set([200])));
    const kept = kind === 'mlflow' ? `metrics WHERE key = 'by mlflow'` : `tags WHERE key LIKE 'by sqlite %'`;
    expect(valueOf(storePath, `SELECT count(*) FROM ${kept}`)).toBe(report.written);
  });
});
