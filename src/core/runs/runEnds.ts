import type { Disposable } from '../base/disposable.js';
import type { Run, RunStatus } from '../domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../domain/tag.js';

/** Which ends of runs a person wants to be told of. */
export const RUN_END_CHOICES = ['off', 'failed', 'all'] as const;
export type RunEndChoice = (typeof RUN_END_CHOICES)[number];

/** Reads the setting; anything else than a choice is as good as "off". */
export function runEndChoice(value: string): RunEndChoice {
  return RUN_END_CHOICES.find((choice) => choice === value) ?? 'off';
}

/**
 * Whether a run's end is worth a message. Runs of a sweep that finish are not while the run above them goes on: its
 * own end tells.
 * @param isRunning whether another run of the same store is running
 */
export function isWorthTelling(
  run: Run,
  choice: RunEndChoice,
  isRunning: (runId: string) => boolean,
): boolean {
  if (choice === 'off') {
    return false;
  }
  if (run.info.status === 'FAILED') {
    return true;
  }
  const parent = tagValue(run.tags, SYSTEM_TAGS.parentRunId);
  return choice === 'all' && !(parent !== undefined && isRunning(parent));
}

/** How many of some runs have ended how. */
export function countByStatus(runs: readonly Run[]): Readonly<Record<RunStatus, number>> {
  const counts = { RUNNING: 0, SCHEDULED: 0, FINISHED: 0, FAILED: 0, KILLED: 0 };
  runs.forEach(({ info }) => (counts[info.status] += 1));
  return counts;
}

/** Times in milliseconds. */
export interface GatheringTimes {
  /** Nothing more comes when nothing came for so long. */
  readonly quiet: number;
  /** The first one waits no longer than this. */
  readonly longest: number;
  /** Between two hand-overs. */
  readonly apart: number;
}

/** A second is how often a store is asked, so ends of the same moment may be told a second apart. */
const TIMES: GatheringTimes = { quiet: 1_500, longest: 5_000, apart: 10_000 };

/** Gathers what comes in bursts and hands each burst over as one. */
export class Gathering<T> implements Disposable {
  private items: T[] = [];
  private timer: NodeJS.Timeout | undefined;
  private first = 0;
  private last = -Infinity;

  constructor(
    private readonly handOver: (items: readonly T[]) => void,
    private readonly times: GatheringTimes = TIMES,
  ) {}

  add(items: readonly T[]): void {
    if (items.length === 0) {
      return;
    }
    const now = Date.now();
    this.first = this.items.length === 0 ? now : this.first;
    this.items.push(...items);
    const { quiet, longest, apart } = this.times;
    const due = Math.max(Math.min(now + quiet, this.first + longest), this.last + apart);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), due - now);
  }

  private flush(): void {
    const { items } = this;
    this.items = [];
    this.last = Date.now();
    this.handOver(items);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
