import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a store's server wrote about itself when it began to listen. */
export interface ServerState {
  readonly pid: number;
  readonly port: number;
  readonly storePath: string;
}

/** One for each store whose server has ever been started; `state` is the session's folder for such things. */
export function serverStates(state: string): ServerState[] {
  const servers = join(state, 'servers');
  if (!existsSync(servers)) return [];
  return readdirSync(servers)
    .map((key) => join(servers, key, 'server.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as ServerState);
}

/** The state of the only server. */
export function onlyServer(state: string): ServerState {
  const [only, ...others] = serverStates(state);
  if (!only || others.length > 0) throw new Error(`There are ${others.length + (only ? 1 : 0)} servers.`);
  return only;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
