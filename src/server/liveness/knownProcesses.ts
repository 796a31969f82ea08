import { type ProcessId, processKey, type ProcessTable } from './processTable.js';

/** A process that was seen at work, shared by all that it works on. */
export interface KnownProcess {
  readonly id: ProcessId;
  /** When it was last known to live. */
  readonly seenAt: number;
  /** Set once it has ended. */
  readonly endedAt?: number;
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** How old the last look at a process may be for the moment of its end to be taken for that of the next look. */
const CLOSE_LOOKS_MS = 10_000;

/** The processes that were seen, each once. */
export class KnownProcesses {
  private readonly living = new Map<string, Changing<KnownProcess>>();

  constructor(private readonly table: ProcessTable) {}

  /** @param id of a process that lives */
  get(id: ProcessId, now: number): KnownProcess {
    const key = processKey(id);
    const known = this.living.get(key) ?? { id, seenAt: now };
    known.seenAt = now;
    this.living.set(key, known);
    return known;
  }

  /** Looks which ones still live. Those that nobody asks about any more are forgotten. */
  async check(wanted: ReadonlySet<KnownProcess>, clock: () => number): Promise<void> {
    for (const [key, known] of this.living) {
      if (!wanted.has(known)) {
        this.living.delete(key);
      } else if (await this.table.isAlive(known.id)) {
        known.seenAt = clock();
      } else {
        const now = clock();
        known.endedAt = now - known.seenAt <= CLOSE_LOOKS_MS ? now : known.seenAt;
        this.living.delete(key);
      }
    }
  }
}
