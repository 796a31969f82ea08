// The tracking server as it is built, in a process of its own: dist/server.cjs.
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { ServerAnnouncement, ServerState } from '../../src/core/wire/workbenchApi.js';

/** The program that the build makes. */
export const SERVER_PROGRAM = resolve(import.meta.dirname, '../../dist/server.cjs');

export interface LaunchOptions {
  readonly storePath: string;
  /** `state` beside the database where absent; null where the server finds its own. */
  readonly stateFolder?: string | null;
  /** Instead of the one that the build makes. */
  readonly program?: string;
  readonly args?: readonly string[];
  /** Whether backups are made, as they are by default: tests of other things look at what is in a folder. */
  readonly backup?: boolean;
  /** What starts the program, where it is not the program itself: gets its command line. */
  readonly by?: (command: readonly string[]) => readonly string[];
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server that was started, whether it serves or not. */
export interface LaunchedServer {
  readonly child: ChildProcess;
  /** The first line on its standard output; undefined where it ended without one. */
  readonly announcement: Promise<ServerAnnouncement | undefined>;
  readonly exit: Promise<Exit>;
  /** What it has written to its standard error so far. */
  readonly messages: () => string;
}

/** A server that serves. */
export interface BuiltServer extends LaunchedServer {
  /** Its tracking URI, with the secret. */
  readonly uri: string;
  readonly state: ServerState;
  /** Asks it to end and waits until it has. */
  readonly stop: () => Promise<Exit>;
}

/** Starts a server, which the end of the test ends at the latest. */
export function launchServer(options: LaunchOptions): LaunchedServer {
  const { storePath, args = [], program = SERVER_PROGRAM, by = (same) => same } = options;
  const { stateFolder = join(storePath, '..', 'state') } = options;
  const state = stateFolder === null ? [] : ['--state-dir', stateFolder];
  const backup = options.backup ? [] : ['--no-backup'];
  const own = [process.execPath, program, '--store', storePath, ...state, ...backup, ...args];
  const [command = '', ...rest] = by(own);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let messages = '';
  child.stderr.on('data', (text: Buffer) => (messages += text.toString()));
  const exit = new Promise<Exit>((ended) => child.once('close', (code, signal) => ended({ code, signal })));
  const lines = createInterface({ input: child.stdout });
  const announcement = new Promise<ServerAnnouncement | undefined>((told, failed) => {
    child.once('error', failed);
    lines.once('line', (line) => told(JSON.parse(line) as ServerAnnouncement));
    lines.once('close', () => told(undefined));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return { child, announcement, exit, messages: () => messages };
}

/** Starts a server and waits until it serves. */
export async function startBuiltServer(options: LaunchOptions): Promise<BuiltServer> {
  const launched = launchServer(options);
  const announcement = await launched.announcement;
  if (announcement?.event !== 'ready') {
    throw new Error(`The server did not start: ${JSON.stringify(announcement)}\n${launched.messages()}`);
  }
  const stop = (): Promise<Exit> => {
    launched.child.kill('SIGTERM');
    return launched.exit;
  };
  return { ...launched, uri: announcement.uri, state: announcement.state, stop };
}
