import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../core/base/errors.js';
import type { ServerState } from '../../core/wire/workbenchApi.js';
import { isSecret } from '../auth/secret.js';

const STATE_FILE = 'server.json';

/** The one name of a database file, whatever links lead to it. It need not exist. */
export function canonicalStorePath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return join(realPathOr(dirname(path)), basename(path));
  }
}

function realPathOr(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Where a server keeps its state when it is not told: the user's own folder for such things. */
export function defaultStateFolder(storePath: string, env: NodeJS.ProcessEnv = process.env): string {
  const key = createHash('sha256').update(storePath).digest('hex').slice(0, 24);
  return join(userStateFolder(env), 'mlflow-workbench', 'servers', key);
}

function userStateFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') {
    return notEmpty(env.LOCALAPPDATA) ?? join(homedir(), 'AppData', 'Local');
  }
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support');
  }
  return notEmpty(env.XDG_STATE_HOME) ?? join(homedir(), '.local', 'state');
}

function notEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

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

/** What the last server of a store left behind. */
export interface FormerState {
  readonly pid?: number;
  readonly port?: number;
  readonly secret?: string;
}

/** What is known of the store's former server, which may be the one that runs; empty where there was none. */
export function readFormerState(folder: string): FormerState {
  try {
    const state = JSON.parse(readFileSync(join(folder, STATE_FILE), 'utf8')) as Partial<ServerState>;
    const { pid, port, secret } = state;
    return {
      ...(Number.isInteger(pid) && { pid: Number(pid) }),
      ...(Number.isInteger(port) && { port: Number(port) }),
      ...(isSecret(secret) && { secret }),
    };
  } catch {
    return {};
  }
}

/** Replaces the state at once: nobody reads half of it. */
export function writeState(folder: string, state: ServerState): void {
  const temporary = join(folder, `${STATE_FILE}.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(temporary, join(folder, STATE_FILE));
}
