import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../core/base/errors.js';
import { STATE_FILE } from '../../core/servers/serverState.js';
import type { ServerState } from '../../core/wire/workbenchApi.js';

/**
 * Makes the folder, for its owner only.
 * @throws Error where that cannot be done
 */
export function prepareStateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new Error(
      `The server cannot keep its lock and address in ${folder}: ${messageOf(error)}. ` +
        'Name another folder with --state-dir.',
      { cause: error },
    );
  }
}

/** Replaces the state at once: nobody reads half of it. */
export function writeState(folder: string, state: ServerState): void {
  const temporary = join(folder, `${STATE_FILE}.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(temporary, join(folder, STATE_FILE));
}
