// Measures servers in turns, so that what else the machine does falls on all of them.
import type { BenchServer, Side } from './servers.js';

type Unit = 'ms' | 'requests/s' | 'MiB';

/** One figure of the report, drawn from the samples of a scenario. */
interface Figure {
  readonly title: string;
  readonly unit: Unit;
  /** How many times better than MLflow we want to be; for people to compare, never a test. */
  readonly aim?: number;
  readonly of: (samples: readonly number[]) => number;
}

/** Something to measure. */
export interface Scenario {
  readonly name: string;
  /** At most: slow machines do fewer. */
  readonly rounds: number;
  readonly figures: readonly Figure[];
  /** Gets a server ready and warm; the function that it resolves with measures one round and returns its samples. */
  prepare(server: BenchServer): Promise<() => Promise<readonly number[]>>;
}

/** One row of the report. */
export interface Row {
  readonly title: string;
  readonly unit: Unit;
  readonly aim?: number;
  readonly values: Readonly<Partial<Record<Side, number>>>;
  /** The sides that were given up: they take longer than their value says. */
  readonly unfinished?: readonly Side[];
}

/** What a round throws that has waited long enough for an answer. */
export class GaveUp extends Error {
  constructor(readonly afterMs: number) {
    super(`there was no answer after ${afterMs / 1000} s`);
  }
}

/** No further round of a scenario begins after so long. */
const SCENARIO_TIME_MS = 20_000;

type Samples = ReadonlyMap<Side, readonly number[]>;

/** Measures one scenario, changing the server after every round, and the one that goes first too. */
export async function measure(scenario: Scenario, servers: readonly BenchServer[]): Promise<Row[]> {
  const samples = new Map<Side, number[]>();
  const rounds = new Map<BenchServer, () => Promise<readonly number[]>>();
  for (const server of servers) {
    rounds.set(server, await naming(scenario, server, () => scenario.prepare(server)));
    samples.set(server.side, []);
  }
  const unfinished = new Set<Side>();
  const deadline = performance.now() + SCENARIO_TIME_MS;
  for (let round = 0; round < scenario.rounds && performance.now() < deadline; round += 1) {
    for (const server of round % 2 === 0 ? servers : [...servers].reverse()) {
      const round = rounds.get(server) ?? (() => Promise.resolve([]));
      const measured = await naming(scenario, server, () =>
        unlessGivenUp(round, () => unfinished.add(server.side)),
      );
      samples.get(server.side)?.push(...measured);
    }
  }
  const rows = rowsOf(scenario.figures, samples);
  return unfinished.size === 0 ? rows : rows.map((row) => ({ ...row, unfinished: [...unfinished] }));
}

async function unlessGivenUp(
  round: () => Promise<readonly number[]>,
  onGaveUp: () => void,
): Promise<readonly number[]> {
  try {
    return await round();
  } catch (error) {
    if (error instanceof GaveUp) {
      onGaveUp();
      return [error.afterMs];
    }
    throw error;
  }
}

/** The rows that samples come to; a side without any has no value. */
export function rowsOf(figures: readonly Figure[], samples: Samples): Row[] {
  return figures.map(({ title, unit, aim, of }) => {
    const taken = [...samples].filter(([, each]) => each.length > 0);
    const values = Object.fromEntries(taken.map(([side, each]) => [side, of(each)]));
    return { title, unit, ...(aim !== undefined && { aim }), values };
  });
}

async function naming<T>(scenario: Scenario, server: BenchServer, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new Error(`"${scenario.name}" failed on the ${server.side} server`, { cause: error });
  }
}

/** How long an action takes, in milliseconds. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

/** The durations of an action that is done so many times in a row, in milliseconds. */
export async function timedTimes(times: number, action: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let done = 0; done < times; done += 1) {
    samples.push(await timed(action));
  }
  return samples;
}

/** The sample below which a share of all of them lies, by the nearest rank. */
export function quantile(share: number): (samples: readonly number[]) => number {
  return (samples) => {
    const sorted = [...samples].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  };
}

export const median = quantile(0.5);
