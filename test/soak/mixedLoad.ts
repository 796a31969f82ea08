// What many kinds of clients do at once, for as long as a test wants.
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { type Answer, callApi, createRun, request } from '../support/api.js';
import type { BuiltServer } from '../support/builtServer.js';

/** One kind of client: what it does again and again. */
type Client = (load: MixedLoad, turn: number) => Promise<void>;

const STEPS = 50;
const PAUSE_MS = 10;

/** The clients, each as often as it is there. */
const CLIENTS: readonly Client[] = [
  train,
  train,
  train,
  search,
  search,
  lookAtRun,
  keepFiles,
  listen,
  writeDirectly,
  breakOff,
];

/** Runs until it is ended, and counts what was acknowledged and what went wrong. */
export class MixedLoad {
  /** Points of metrics that were acknowledged. */
  points = 0;
  /** Requests that were answered. */
  answers = 0;
  readonly errors: string[] = [];
  /** A run that others look at while it is written to. */
  latestRun = '';
  private ended = false;

  constructor(readonly server: BuiltServer) {}

  /** The result ends when everything has ended. */
  async run(): Promise<void> {
    await Promise.all(CLIENTS.map((client) => this.repeat(client)));
  }

  end(): void {
    this.ended = true;
  }

  /** Notes an answer that is not what it should be. */
  expectOk({ status, body }: Answer, what: string): void {
    this.answers += 1;
    if (status !== 200) {
      this.errors.push(`${what}: ${status} ${body.slice(0, 300)}`);
    }
  }

  private async repeat(client: Client): Promise<void> {
    for (let turn = 0; !this.ended; turn += 1) {
      try {
        await client(this, turn);
      } catch (error) {
        this.errors.push(`${client.name}: ${inspect(error)}`);
      }
      await sleep(PAUSE_MS);
    }
  }
}

/** A script that trains: a run with parameters, tags, single metrics and batches. */
async function train(load: MixedLoad, turn: number): Promise<void> {
  const { uri } = load.server;
  const runId = await createRun(uri);
  load.latestRun = runId;
  const call = async (method: string, body: object): Promise<void> =>
    load.expectOk(await callApi(uri, method, { run_id: runId, ...body }), method);
  await call('runs/log-parameter', { key: 'turn', value: String(turn) });
  for (let step = 0; step < STEPS; step += 1) {
    await call('runs/log-metric', { key: 'loss', value: 1 / (step + 1), timestamp: step, step });
    const metrics = Array.from({ length: 20 }, (_, index) => ({
      ...{ key: `m${index}`, value: step, timestamp: step, step },
    }));
    await call('runs/log-batch', { metrics, tags: [{ key: 'step', value: String(step) }] });
    load.points += 1 + metrics.length;
    await sleep(PAUSE_MS);
  }
  await call('runs/update', { status: 'FINISHED', end_time: turn });
  if (turn % 2 === 1) {
    await call('runs/delete', {});
  }
}

async function search(load: MixedLoad, turn: number): Promise<void> {
  const { uri } = load.server;
  const filter = ["params.turn = '1'", 'metrics.loss < 0.1', "tags.step LIKE '4%'", ''][turn % 4];
  const order_by = [['metrics.loss DESC'], ['attributes.start_time DESC'], []][turn % 3];
  const query = { experiment_ids: ['0'], max_results: 50, filter, order_by };
  load.expectOk(await callApi(uri, 'runs/search', query), 'runs/search');
  load.expectOk(await callApi(uri, 'experiments/search', { max_results: 10 }), 'experiments/search');
  await sleep(10 * PAUSE_MS);
}

async function lookAtRun(load: MixedLoad): Promise<void> {
  const { uri } = load.server;
  const run = load.latestRun;
  if (run !== '') {
    load.expectOk(await callApi(uri, `runs/get?run_id=${run}`), 'runs/get');
    load.expectOk(await callApi(uri, `metrics/get-history?run_id=${run}&metric_key=loss`), 'get-history');
    const summaries = `${uri}/api/workbench/1.0/runs/metric-summaries?run_id=${run}`;
    load.expectOk(await request(summaries), 'metric-summaries');
  }
  load.expectOk(await request(`${uri}/health`), 'health');
  await sleep(5 * PAUSE_MS);
}

async function keepFiles(load: MixedLoad, turn: number): Promise<void> {
  const url = `${load.server.uri}/api/2.0/mlflow-artifacts/artifacts/soak/${turn % 10}.bin`;
  load.expectOk(await request(url, { method: 'PUT', body: Buffer.alloc(200_000, turn % 256) }), 'upload');
  load.expectOk(await request(url), 'download');
  const folder = `${load.server.uri}/api/2.0/mlflow-artifacts/artifacts?path=soak`;
  load.expectOk(await request(folder), 'list');
  load.expectOk(await request(url, { method: 'DELETE' }), 'delete');
  await sleep(10 * PAUSE_MS);
}

/** A window that follows the change feed for a while. */
async function listen(load: MixedLoad): Promise<void> {
  const end = new AbortController();
  const response = await fetch(`${load.server.uri}/api/workbench/1.0/changes`, { signal: end.signal });
  const reader = response.body?.getReader();
  for (let chunk = 0; chunk < 5; chunk += 1) {
    await reader?.read();
  }
  end.abort();
}

/** Another process on the same file. */
async function writeDirectly({ server }: MixedLoad, turn: number): Promise<void> {
  const database = new DatabaseSync(server.state.storePath, { timeout: 20_000 });
  try {
    database.exec('PRAGMA foreign_keys = ON');
    const insert = 'INSERT OR REPLACE INTO experiment_tags (experiment_id, key, value) VALUES (0, ?, ?)';
    database.prepare(insert).run('written directly', String(turn));
  } finally {
    database.close();
  }
  await sleep(50 * PAUSE_MS);
}

/** Clients that go away in the middle of a request, or of its answer. */
async function breakOff({ server }: MixedLoad): Promise<void> {
  const { port, secret } = server.state;
  const head = `POST /${secret}/api/2.0/mlflow/runs/search HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
  for (const sent of ['', head, `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a`]) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
    socket.destroy();
  }
  await sleep(10 * PAUSE_MS);
}
