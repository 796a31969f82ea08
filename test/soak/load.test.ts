import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createRun } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { makeTemporaryFolder } from '../support/temporaryFolder.js';
import { MixedLoad } from './mixedLoad.js';
import { descriptorsOf, heapRises, median, rise, type Sample, takeSample } from './samples.js';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const SAMPLE_MS = 1000;
/** The share of the time in which caches fill and code is compiled. */
const WARM_UP = 1 / 3;
/**
 * The share after which the resident memory has come to rest. Until then it grows in steps, when an arena of the
 * allocator is full for the first time; what is leaked goes on growing afterwards.
 */
const AT_REST = 2 / 3;
const MOST_RISE_MB = 5;
/** Of what one thread holds when its garbage is gone. */
const MOST_HEAP_RISE_MB = 3;
/** V8 doubles the room for young objects whenever it likes. Kept small, so that what grows is what is not let go of. */
const NODE_ARGS = [
  '--max-semi-space-size=4',
  '--expose-gc',
  '--require',
  fileURLToPath(new URL('collectGarbage.cjs', import.meta.url)),
];
const MOST_LOG_MB = 64;
/** The one that serves, the writer and the reader. */
const THREADS = 3;
/** Connections that nobody uses are closed by the server after a minute. */
const UNTIL_CLOSED_MS = 120_000;

function countOf(path: string, sql: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare(sql).get()?.n);
  } finally {
    database.close();
  }
}

/** Twenty values of the memory over time, for a look at its shape. */
function curve(samples: readonly Sample[]): string {
  const every = Math.ceil(samples.length / 20);
  const parts = samples.filter((_, index) => index % every === 0);
  return `MB: ${parts.map(({ megabytes }) => Math.round(megabytes)).join(' ')}`;
}

it.runIf(process.platform === 'linux')(`${MINUTES} minutes of mixed load leave nothing behind`, async () => {
  const folder = makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  const storePath = join(folder.path, 'mlflow.db');
  const heapFile = join(folder.path, 'heap.jsonl');
  const server = await startBuiltServer({
    storePath,
    args: ['--serve-artifacts', '--log-level', 'error'],
    by: ([node = '', ...rest]) => ['env', `SOAK_HEAP_FILE=${heapFile}`, node, ...NODE_ARGS, ...rest],
  });
  await createRun(server.uri);
  const descriptorsBefore = descriptorsOf(server.state.pid);

  const load = new MixedLoad(server);
  const running = load.run();
  const samples: Sample[] = [];
  const startedAt = Date.now();
  while (Date.now() - startedAt < MINUTES * 60_000) {
    samples.push(takeSample(server.state.pid, storePath, startedAt));
    await sleep(SAMPLE_MS);
  }
  load.end();
  await running;

  const steady = samples.slice(Math.ceil(samples.length * WARM_UP));
  const atRest = samples.slice(Math.ceil(samples.length * AT_REST));
  const heaps = heapRises(readFileSync(heapFile, 'utf8'), WARM_UP);
  const report = {
    minutes: MINUTES,
    answers: load.answers,
    points: load.points,
    megabytesMedian: Math.round(median(steady, ({ megabytes }) => megabytes)),
    megabytesMost: Math.round(Math.max(...samples.map(({ megabytes }) => megabytes))),
    megabytesRise: Number(rise(atRest, ({ megabytes }) => megabytes).toFixed(1)),
    heapRises: heaps,
    descriptorsMost: Math.max(...samples.map(({ descriptors }) => descriptors)),
    descriptorsRise: Number(rise(steady, ({ descriptors }) => descriptors).toFixed(1)),
    logMegabytesMost: Number(Math.max(...samples.map(({ logMegabytes }) => logMegabytes)).toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(report)}\n${curve(samples)}\n`);

  expect(load.errors).toEqual([]);
  expect(server.messages()).toBe('');
  expect(heaps).toHaveLength(THREADS);
  expect(Math.max(...heaps)).toBeLessThan(MOST_HEAP_RISE_MB);
  expect(report.megabytesRise).toBeLessThan(MOST_RISE_MB);
  expect(report.logMegabytesMost).toBeLessThan(MOST_LOG_MB);
  await vi.waitFor(() => expect(descriptorsOf(server.state.pid)).toBeLessThanOrEqual(descriptorsBefore + 1), {
    timeout: UNTIL_CLOSED_MS,
    interval: 1000,
  });
  await server.stop();
  expect(countOf(storePath, 'SELECT count(*) AS n FROM metrics')).toBe(load.points);
});
