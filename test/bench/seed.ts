// What is in the databases that are measured: made by our server, filled by SQL, and the same for both.
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { BenchServer } from './servers.js';

/** What a run has: 25 values. */
const METRICS = 10;
const PARAMS = 10;
const TAGS = 5;

export const SMALL_RUNS = 1000;
export const LARGE_RUNS = 10_000;
/** What one of this many runs has: 7 values. */
export const HUGE_RUNS = 100_000;
const FEW = { metrics: 4, params: 2, tags: 1 };
const MANY = { metrics: METRICS, params: PARAMS, tags: TAGS };
export const HISTORY_POINTS = 1_000_000;
export const CHART_RUNS = 100;
export const CHART_POINTS = 10_000;
export const HISTORY_KEY = 'loss';

/** The ids of what a seeded database holds. */
export interface Seed {
  /** An experiment for runs that are logged to while measuring. */
  readonly logging: string;
  /** An experiment of SMALL_RUNS runs. */
  readonly small: string;
  /** An experiment of LARGE_RUNS runs. */
  readonly large: string;
  /** An experiment of HUGE_RUNS runs. */
  readonly huge: string;
  /** Runs with CHART_POINTS points of HISTORY_KEY each. */
  readonly chartRuns: readonly string[];
  /** A run with HISTORY_POINTS points of HISTORY_KEY. */
  readonly historyRun: string;
}

/** Creates the experiments, and with the first of them the database. */
export async function createExperiments({ client }: BenchServer): Promise<Seed> {
  const create = async (name: string) =>
    (await client.call<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  return {
    logging: await create('bench: logging'),
    small: await create(`bench: ${SMALL_RUNS} runs`),
    large: await create(`bench: ${LARGE_RUNS} runs`),
    huge: await create(`bench: ${HUGE_RUNS} runs`),
    chartRuns: Array.from({ length: CHART_RUNS }, (_, index) => idOf(`chart ${index}`)),
    historyRun: idOf('history'),
  };
}

/** Fills a database that no server has open. */
export function fillDatabase(path: string, seed: Seed): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    insertRuns(database, seed.small, SMALL_RUNS, MANY);
    insertRuns(database, seed.large, LARGE_RUNS, MANY);
    insertRuns(database, seed.huge, HUGE_RUNS, FEW);
    insertHistory(database, seed.logging, seed.historyRun, HISTORY_POINTS);
    for (const run of seed.chartRuns) {
      insertHistory(database, seed.logging, run, CHART_POINTS);
    }
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** How many values of each kind a run has. */
export interface RunValues {
  readonly metrics: number;
  readonly params: number;
  readonly tags: number;
}

/** Fills an experiment of a database that no server has open with runs. */
export function fillExperiment(path: string, experiment: string, count: number, values: RunValues): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    insertRuns(database, experiment, count, values);
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** Gives a database that no server has open a journal mode. */
export function setJournalMode(path: string, mode: 'wal' | 'delete'): void {
  const database = new DatabaseSync(path);
  try {
    const answer = database.prepare(`PRAGMA journal_mode = ${mode}`).get()?.journal_mode;
    if (answer !== mode) {
      throw new Error(`${path} stays in journal mode ${String(answer)}`);
    }
  } finally {
    database.close();
  }
}

const INSERT_METRIC = (table: string) =>
  `INSERT INTO ${table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)`;
const INSERT_VALUE = (table: string) => `INSERT INTO ${table} (key, value, run_uuid) VALUES (?, ?, ?)`;
const INSERT_RUN = `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
    start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
  VALUES (?, ?, 'UNKNOWN', '', '', 'bench', 'FINISHED', ?, ?, '', 'active', ?, ?)`;

function insertRuns(database: DatabaseSync, experiment: string, count: number, values: RunValues): void {
  const metric = database.prepare(INSERT_METRIC('metrics'));
  const latest = database.prepare(INSERT_METRIC('latest_metrics'));
  const param = database.prepare(INSERT_VALUE('params'));
  const tag = database.prepare(INSERT_VALUE('tags'));
  for (let index = 0; index < count; index += 1) {
    const run = insertRun(database, experiment, index);
    for (let key = 0; key < values.metrics; key += 1) {
      const row = [
        `metric_${key}`,
        spread(index * values.metrics + key),
        startOf(index) + key,
        key,
        run,
      ] as const;
      metric.run(...row);
      latest.run(...row);
    }
    for (let key = 0; key < values.params; key += 1) {
      param.run(`param_${key}`, `value ${index % (key + 2)}`, run);
    }
    for (let key = 0; key < values.tags; key += 1) {
      tag.run(`tag_${key}`, `value ${index % (key + 2)}`, run);
    }
  }
}

function insertHistory(database: DatabaseSync, experiment: string, run: string, points: number): void {
  insertRun(database, experiment, 0, run);
  const metric = database.prepare(INSERT_METRIC('metrics'));
  for (let step = 0; step < points; step += 1) {
    metric.run(HISTORY_KEY, spread(step), startOf(0) + step, step, run);
  }
  const last = points - 1;
  database
    .prepare(INSERT_METRIC('latest_metrics'))
    .run(HISTORY_KEY, spread(last), startOf(0) + last, last, run);
}

function insertRun(
  database: DatabaseSync,
  experiment: string,
  index: number,
  run = idOf(`${experiment}:${index}`),
): string {
  const start = startOf(index);
  const location = `${locationOf(database, experiment)}/${run}/artifacts`;
  database.prepare(INSERT_RUN).run(run, `run ${index}`, start, start + 1000, location, experiment);
  return run;
}

function locationOf(database: DatabaseSync, experiment: string): string {
  const row = database
    .prepare('SELECT artifact_location FROM experiments WHERE experiment_id = ?')
    .get(experiment);
  return String(row?.artifact_location);
}

function startOf(index: number): number {
  return 1_700_000_000_000 + index * 1000;
}

/** Numbers from 0 to 1 that look random, repeat in every run of this program, and are all different. */
function spread(index: number): number {
  return (index * 0.618_033_988_749_894_9) % 1;
}

function idOf(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
