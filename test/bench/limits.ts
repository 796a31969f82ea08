// How near the tracking server is to what this machine can do at all, measured in the same run.
import { createServer, type Server } from 'node:http';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BenchClient } from './httpClient.js';
import { batch, oneByOne } from './logging.js';
import { median, timed } from './measure.js';
import type { Options } from './options.js';
import type { Seed } from './seed.js';
import type { BenchServer } from './servers.js';

const CALLS = 1000;
const COMMITS = 400;
const BATCHES = 40;
const BATCH = 1000;

/** Our server beside a bare HTTP echo and beside SQLite without any server. */
export async function measureLimits(
  servers: readonly BenchServer[],
  seed: Seed,
  { folder }: Options,
): Promise<string[]> {
  const ours = servers.find(({ side }) => side === 'workbench');
  if (ours === undefined) {
    return [];
  }
  const logMetric = median(await (await oneByOne(seed).prepare(ours))());
  const logBatch = median(await (await batch(seed, 1).prepare(ours))());
  const echo = await echoTime();
  const commit = rawTime(join(folder, 'raw'), 1, COMMITS);
  const raw = rawTime(join(folder, 'raw'), BATCH, BATCHES);
  return [
    `\`log-metric\` takes ${(logMetric / echo).toFixed(1)} times a bare HTTP echo of the same body ` +
      `(${echo.toFixed(3)} ms; the aim is 3 or less; the echo writes nothing to disk), and ` +
      `${(logMetric / (echo + commit)).toFixed(1)} times the echo with one row on disk by bare node:sqlite ` +
      `(${commit.toFixed(3)} ms more)`,
    `\`log-batch\` of ${BATCH} metrics runs at ${((100 * raw) / logBatch).toFixed(0)} % of the speed of bare node:sqlite ` +
      `(${raw.toFixed(1)} ms in one transaction; the aim is 25 % or more)`,
  ];
}

/** The median time of a request to a server that sends the body back, in milliseconds. */
async function echoTime(): Promise<number> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.end(JSON.stringify(JSON.parse(Buffer.concat(parts).toString()))));
  });
  const client = new BenchClient(`http://127.0.0.1:${await portOf(server)}`);
  try {
    const body = JSON.stringify({ run_id: 'a'.repeat(32), key: 'loss', value: 0.5, timestamp: 1, step: 1 });
    const times: number[] = [];
    for (let call = 0; call < CALLS; call += 1) {
      times.push(await timed(() => client.send('POST', 'runs/log-metric', body)));
    }
    return median(times.slice(CALLS / 10));
  } finally {
    client.close();
    server.close();
  }
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** The median time of a transaction of so many rows in SQLite, with MLflow's table and indexes, until it is on disk. */
function rawTime(folder: string, rows: number, transactions: number): number {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'raw.db'));
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL,
        run_uuid VARCHAR(32) NOT NULL, step BIGINT DEFAULT '0' NOT NULL, is_nan BOOLEAN DEFAULT '0' NOT NULL,
        CONSTRAINT metric_pk PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));
      CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid);
      CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step)`);
    const insert = database.prepare(
      'INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)',
    );
    const run = 'a'.repeat(32);
    const times: number[] = [];
    for (let index = 0; index < transactions; index += 1) {
      const started = performance.now();
      database.exec('BEGIN IMMEDIATE');
      for (let point = 0; point < rows; point += 1) {
        const step = index * rows + point;
        insert.run('loss', Math.sin(step), 1_800_000_000_000 + step, run, step);
      }
      database.exec('COMMIT');
      times.push(performance.now() - started);
    }
    return median(times.slice(transactions / 4));
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
