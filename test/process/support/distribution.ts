// How long requests took. It is printed, for whoever wants to know, and never judged by itself.

/** Writes a line such as `health while locked: 812 × p50 0.4 ms, p99 3.1 ms, longest 5.2 ms`. */
export function printDistribution(what: string, milliseconds: readonly number[]): void {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  process.stdout.write(
    `${what}: ${sorted.length} × p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms\n`,
  );
}
