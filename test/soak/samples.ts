// What a process holds, measured again and again.
import { readdirSync, readFileSync, statSync } from 'node:fs';

export interface Sample {
  readonly seconds: number;
  /** Resident memory. */
  readonly megabytes: number;
  readonly descriptors: number;
  /** Of the write-ahead log. */
  readonly logMegabytes: number;
}

export function takeSample(pid: number, storePath: string, startedAt: number): Sample {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    seconds: (Date.now() - startedAt) / 1000,
    megabytes: Number(kilobytes) / 1024,
    descriptors: descriptorsOf(pid),
    logMegabytes: (statSync(`${storePath}-wal`, { throwIfNoEntry: false })?.size ?? 0) / 1e6,
  };
}

/** How many descriptors a process has open. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

interface HeapSample {
  readonly threadId: number;
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * How many megabytes more each thread holds at the end, from the lines that `collectGarbage.cjs` leaves.
 * @param warmUp the share of the samples that does not count
 */
export function heapRises(lines: string, warmUp: number): number[] {
  const samples = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HeapSample);
  const threads = new Set(samples.map(({ threadId }) => threadId));
  return [...threads].map((thread) => {
    const own = samples.filter(({ threadId }) => threadId === thread);
    const steady = own.slice(Math.ceil(own.length * warmUp));
    return Number((rise(steady, ({ bytes }) => bytes) / 1e6).toFixed(2));
  });
}

/** How much the straight line through the samples rises from the first to the last, in what `of` measures. */
export function rise<T extends { readonly seconds: number }>(
  samples: readonly T[],
  of: (sample: T) => number,
): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanTime = mean(samples.map(({ seconds }) => seconds));
  const meanValue = mean(samples.map(of));
  const covariance = mean(samples.map((sample) => (sample.seconds - meanTime) * (of(sample) - meanValue)));
  const variance = mean(samples.map(({ seconds }) => (seconds - meanTime) ** 2));
  const span = (samples.at(-1)?.seconds ?? 0) - (samples[0]?.seconds ?? 0);
  return (covariance / variance) * span;
}

/** The middle one of some samples, by what `of` measures. */
export function median(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const sorted = samples.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
