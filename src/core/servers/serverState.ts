import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerState } from '../wire/workbenchApi.js';

/** The file in a state folder that tells of the store's server. */
export const STATE_FILE = 'server.json';

/** What the last server of a store wrote when it began to listen, whether it runs or not; undefined where none did. */
export async function readServerState(stateFolder: string): Promise<ServerState | undefined> {
  try {
    const state: unknown = JSON.parse(await readFile(join(stateFolder, STATE_FILE), 'utf8'));
    return isServerState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isServerState(value: unknown): value is ServerState {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { version, pid, hostName, host, port, secret, storePath } = value as Record<
    keyof ServerState,
    unknown
  >;
  return (
    [version, hostName, host, secret, storePath].every((text) => typeof text === 'string') &&
    [pid, port].every((number) => Number.isInteger(number))
  );
}
