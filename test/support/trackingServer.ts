// The tracking server as the program that it is: bundled, started and ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { HttpClient } from '../../src/core/client/httpClient.js';
import type { ServerAnnouncement } from '../../src/core/wire/workbenchApi.js';
import { makeTemporaryFolder } from './temporaryFolder.js';

/** A running tracking server, and a client that knows its address. */
export interface RunningServer {
  /** Its tracking URI, with the secret. */
  readonly uri: string;
  readonly client: HttpClient;
  readonly storePath: string;
  readonly stop: () => Promise<void>;
}

let program: Promise<string> | undefined;
let remove: () => void = () => undefined;

// The file of tests that uses this shares one bundle.
afterAll(() => remove());

/** Bundles the server and its worker into a folder, once for each file of tests, as the build does. */
async function bundle(): Promise<string> {
  const folder = makeTemporaryFolder();
  remove = () => folder.remove();
  await build({
    entryPoints: { server: 'src/server/main.ts', storeWorker: 'src/server/sqlite/storeWorker.ts' },
    outdir: folder.path,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'error',
  });
  return join(folder.path, 'server.cjs');
}

/**
 * Starts a server, on a new store in a folder that goes with it unless a path is given.
 * @param args further arguments of its command line
 */
export async function startTrackingServer(
  options: { readonly storePath?: string; readonly args?: readonly string[] } = {},
): Promise<RunningServer> {
  program ??= bundle();
  const folder = makeTemporaryFolder();
  const storePath = options.storePath ?? join(folder.path, 'mlflow.db');
  const state = ['--state-dir', join(folder.path, 'state'), '--log-level', 'error'];
  const command = [await program, '--store', storePath, ...state, ...(options.args ?? [])];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
  const announcement = await firstLine(child);
  if (announcement?.event !== 'ready') {
    child.kill();
    throw new Error(`the server did not start: ${JSON.stringify(announcement)}`);
  }
  const { uri } = announcement;
  const client = new HttpClient({ uri, retries: 0 });
  return { uri, client, storePath, stop: () => stop(child).finally(() => folder.remove()) };
}

async function firstLine({ stdout }: ChildProcess): Promise<ServerAnnouncement | undefined> {
  if (stdout === null) {
    return undefined;
  }
  for await (const line of createInterface({ input: stdout })) {
    return JSON.parse(line) as ServerAnnouncement;
  }
  return undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
