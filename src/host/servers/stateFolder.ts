import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ServerState } from '../../core/wire/workbenchApi.js';

/** The one name of a database file, whatever links and letter case lead to it. It need not exist. */
export async function canonicalStorePath(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch {
    return join(await realpathOr(dirname(absolute)), basename(absolute));
  }
}

async function realpathOr(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

/** A short name of a store for ids and folder names, from its canonical path. */
export function storeKey(canonicalPath: string): string {
  return createHash('sha256').update(canonicalPath).digest('hex').slice(0, 24);
}

/** What the server of a store wrote when it began to listen; undefined where none did. */
export async function readServerState(stateFolder: string): Promise<ServerState | undefined> {
  try {
    const state: unknown = JSON.parse(await readFile(join(stateFolder, 'server.json'), 'utf8'));
    return isServerState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isServerState(value: unknown): value is ServerState {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { version, pid, host, port, secret, storePath } = value as Record<keyof ServerState, unknown>;
  return (
    [version, host, secret, storePath].every((text) => typeof text === 'string') &&
    [pid, port].every((number) => Number.isInteger(number))
  );
}
