import { setTimeout as sleep } from 'node:timers/promises';
import type { Gate } from './gate.js';
import { isBusy } from './sqliteErrors.js';
import type { StoreOptions } from './storeOptions.js';

/** How long a request waits for another process to let go of the database, in milliseconds. */
const DEFAULT_LOCK_PATIENCE = 20_000;

const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 200;

/** When a request that starts now gives up waiting, as `Date.now()` counts. */
export function lockDeadline({ lockPatience = DEFAULT_LOCK_PATIENCE }: StoreOptions): number {
  return Date.now() + lockPatience;
}

/** Thrown by a step that found its file gone: it is to be tried again once everybody has let go of it. */
export class FileLeft extends Error {}

/**
 * Does `step` until no other connection is in its way, with growing pauses that leave the thread free.
 * @param deadline when to give up, as `Date.now()` counts
 * @param gate what each try has to pass
 * @throws what `step` throws; "busy" only after the deadline
 */
export async function untilFree<T>(deadline: number, step: () => T, gate?: Gate): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    await gate?.passed(deadline);
    try {
      return step();
    } catch (error) {
      if (!(isBusy(error) || error instanceof FileLeft) || Date.now() >= deadline) {
        throw error;
      }
    }
    await sleep(pause * (0.5 + Math.random()));
  }
}
