// What a server costs before and after its work: the start and the memory.
import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Row, rowsOf } from './measure.js';
import { treeMemory } from './processTree.js';
import { type BenchServer, type ServerPlan, type Side, startServer } from './servers.js';

/** No further round of starts begins after so long. */
const STARTS_TIME_MS = 40_000;
const SETTLE_TIME_MS = 45_000;
/** A server has settled when its memory has changed by less than a hundredth over so many seconds. */
const STEADY_SECONDS = 4;

/** Starts the servers so many times in turns, and leaves those of the last round running. */
export async function measureStarts(
  rounds: number,
  plans: () => Promise<readonly ServerPlan[]>,
): Promise<{ readonly rows: Row[]; readonly servers: readonly BenchServer[] }> {
  const samples = new Map<Side, number[]>();
  const deadline = performance.now() + STARTS_TIME_MS;
  for (let round = 1; ; round += 1) {
    const isLast = round >= rounds || performance.now() > deadline;
    const servers: BenchServer[] = [];
    for (const plan of await plans()) {
      const server = await startServer(plan);
      samples.set(plan.side, [...(samples.get(plan.side) ?? []), server.startMs]);
      await (isLast ? servers.push(server) : server.stop());
    }
    if (isLast) {
      const title = 'Cold start, to the first answer';
      return { rows: rowsOf([{ title, unit: 'ms', aim: 50, of: median }], samples), servers };
    }
  }
}

/** What the servers hold in memory, with all their processes, once they have nothing to do. */
export async function measureMemory(title: string, servers: readonly BenchServer[]): Promise<Row[]> {
  const samples = new Map<Side, number[]>();
  for (const server of servers) {
    const memory = await settledMemory(server);
    samples.set(server.side, memory === undefined ? [] : [memory]);
  }
  return rowsOf([{ title, unit: 'MiB', aim: 3, of: median }], samples);
}

/**
 * Waits for what a server still does after its first answer, MLflow starts further programs then, and returns
 * the MiB that it holds.
 */
export async function settledMemory({ pid }: BenchServer): Promise<number | undefined> {
  const samples: number[] = [];
  for (const deadline = performance.now() + SETTLE_TIME_MS; performance.now() < deadline; await sleep(1000)) {
    const memory = treeMemory(pid);
    if (memory === undefined) {
      return undefined;
    }
    samples.push(memory);
    const last = samples.slice(-STEADY_SECONDS);
    if (last.length === STEADY_SECONDS && Math.max(...last) < Math.min(...last) * 1.01) {
      break;
    }
  }
  return samples.at(-1);
}
