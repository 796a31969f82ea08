import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposable } from '../../core/base/disposable.js';
import { readServerState } from '../../core/servers/serverState.js';
import { takeExclusiveLock } from './exclusiveLock.js';

const LOOK_INTERVAL_MS = 20;

/**
 * Takes the lock that makes a server the only one of its state folder; undefined where another process has it.
 * @param waitMs how long to wait for a server that ends. Not for one that has begun only now: it is the next one.
 */
export async function takeStoreLock(stateFolder: string, waitMs: number): Promise<Disposable | undefined> {
  const path = join(stateFolder, 'server.lock');
  const until = Date.now() + waitMs;
  const before = await readServerState(stateFolder);
  for (;;) {
    const lock = takeExclusiveLock(path);
    if (lock !== undefined) {
      chmodSync(path, 0o600);
      return lock;
    }
    if (Date.now() >= until || (await readServerState(stateFolder))?.pid !== before?.pid) {
      return undefined;
    }
    await sleep(LOOK_INTERVAL_MS);
  }
}
