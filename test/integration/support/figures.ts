import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { LoopFigures } from './eventLoopProbe.js';

/** What was measured goes to this file, which the script that runs the tests prints. Figures never fail a test. */
const file = process.env.INTEGRATION_FIGURES;

/** Notes a figure with the load of the machine, which it depends on. */
export function note(what: string, figures: string): void {
  if (file !== undefined) {
    appendFileSync(file, `${what}: ${figures} (machine load ${(loadavg()[0] ?? 0).toFixed(1)})\n`);
  }
}

/** Figures of the event loop in words. */
export function loopWords({ longest, longestWorked, p99 }: LoopFigures): string {
  return `event loop held ${ms(longestWorked)} at most by its own work, late by ${ms(longest)} at most and ${ms(p99)} at p99`;
}

/** Milliseconds, with a digit after the point. */
export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
