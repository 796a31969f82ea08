// What a training script does: it logs, and waits for each answer.
import { median, quantile, type Scenario, timedTimes } from './measure.js';
import type { Seed } from './seed.js';
import type { BenchServer } from './servers.js';

const CLIENTS = 8;
const CLIENTS_TIME_MS = 2000;
const BATCH = 1000;

/** All scenarios that write. */
export function loggingScenarios(seed: Seed): Scenario[] {
  return [oneByOne(seed), concurrently(seed), batch(seed, 1), batch(seed, 100)];
}

export function oneByOne(seed: Seed): Scenario {
  return {
    name: 'log-metric',
    rounds: 10,
    figures: [
      { title: '`log-metric`, one after another, median', unit: 'ms', aim: 12, of: median },
      { title: '`log-metric`, one after another, 95th percentile', unit: 'ms', aim: 12, of: quantile(0.95) },
      { title: '`log-metric`, one after another, 99th percentile', unit: 'ms', of: quantile(0.99) },
    ],
    async prepare(server) {
      const log = await metricLogger(server, seed);
      await timedTimes(20, log);
      return () => timedTimes(50, log);
    },
  };
}

function concurrently(seed: Seed): Scenario {
  return {
    name: `log-metric of ${CLIENTS} clients`,
    rounds: 3,
    figures: [
      { title: `\`log-metric\`, ${CLIENTS} clients at once`, unit: 'requests/s', aim: 25, of: median },
    ],
    async prepare(server) {
      const clients = await Promise.all(Array.from({ length: CLIENTS }, () => metricLogger(server, seed)));
      const round = (milliseconds: number) => requestsPerSecond(clients, milliseconds);
      await round(CLIENTS_TIME_MS / 4);
      return async () => [await round(CLIENTS_TIME_MS)];
    },
  };
}

export function batch(seed: Seed, keys: number): Scenario {
  const title = `\`log-batch\` of ${BATCH} metrics, ${keys === 1 ? '1 key' : `${keys} keys`}`;
  return {
    name: title,
    rounds: 5,
    figures: [{ title, unit: 'ms', aim: 10, of: median }],
    async prepare(server) {
      const run = await createRun(server, seed);
      let step = 0;
      const metric = (index: number) => {
        const key = `metric_${index % keys}`;
        step += 1;
        return { key, value: Math.sin(step), timestamp: 1_800_000_000_000 + step, step };
      };
      const log = () => server.client.call('runs/log-batch', { run_id: run, metrics: metrics(metric) });
      await timedTimes(2, log);
      return () => timedTimes(3, log);
    },
  };
}

function metrics<T>(metric: (index: number) => T): T[] {
  return Array.from({ length: BATCH }, (_, index) => metric(index));
}

/** A function that logs the next point to a run of its own. */
async function metricLogger(server: BenchServer, seed: Seed): Promise<() => Promise<unknown>> {
  const run = await createRun(server, seed);
  let step = 0;
  return () => {
    step += 1;
    const point = { key: 'loss', value: 1 / step, timestamp: Date.now(), step };
    return server.client.call('runs/log-metric', { run_id: run, ...point });
  };
}

async function createRun({ client }: BenchServer, seed: Seed): Promise<string> {
  const request = { experiment_id: seed.logging, start_time: Date.now() };
  const { run } = await client.call<{ run: { info: { run_id: string } } }>('runs/create', request);
  return run.info.run_id;
}

/** Lets clients send, each its next request as soon as the last is answered. */
async function requestsPerSecond(
  clients: readonly (() => Promise<unknown>)[],
  milliseconds: number,
): Promise<number> {
  const started = performance.now();
  let answered = 0;
  const work = async (log: () => Promise<unknown>) => {
    while (performance.now() - started < milliseconds) {
      await log();
      answered += 1;
    }
  };
  await Promise.all(clients.map(work));
  return answered / ((performance.now() - started) / 1000);
}
