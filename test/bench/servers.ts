// The two servers that are measured, each started as its users start it.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerAnnouncement } from '../../src/core/wire/workbenchApi.js';
import { BenchClient } from './httpClient.js';
import { endTree, killTree } from './processTree.js';

const START_TIMEOUT_MS = 120_000;
const POLL_MS = 5;

export type Side = 'workbench' | 'mlflow';

/** How to start one of the servers. */
export interface ServerPlan {
  readonly side: Side;
  /** A folder of its own, with `mlflow.db` in it. */
  readonly folder: string;
  readonly command: readonly string[];
  /** Where it listens; told by its first line of output where absent. */
  readonly port?: number;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server that answers. */
export interface BenchServer {
  readonly side: Side;
  readonly pid: number;
  readonly client: BenchClient;
  /** From the start of the process to its first answer, in milliseconds. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** @param program path of the bundled server @param nodeArgs for the Node that runs it */
export function planWorkbench(folder: string, program: string, nodeArgs: readonly string[] = []): ServerPlan {
  const store = ['--store', join(folder, 'mlflow.db'), '--state-dir', join(folder, 'state'), '--port', '0'];
  const command = [
    process.execPath,
    ...nodeArgs,
    program,
    ...store,
    // What is measured may have been seeded by others.
    '--no-backup',
    '--mlflow-release',
    '3.18.0',
  ];
  return { side: 'workbench', folder, command };
}

/** @param workers how many processes answer requests; MLflow's default where absent */
export async function planMlflow(folder: string, python: string, workers?: number): Promise<ServerPlan> {
  const port = await freePort();
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
  const address = ['--host', '127.0.0.1', '--port', String(port)];
  const many = workers === undefined ? [] : ['--workers', String(workers)];
  const command = [python, '-m', 'mlflow', 'server', ...store, ...address, ...many];
  return { side: 'mlflow', folder, command, port };
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => killTree(child)));

/** Starts a server and waits for its first answer to `experiments/search`. */
export async function startServer(plan: ServerPlan): Promise<BenchServer> {
  mkdirSync(plan.folder, { recursive: true });
  const logFile = join(plan.folder, 'server.log');
  const log = openSync(logFile, 'a');
  const [program = '', ...args] = plan.command;
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: plan.folder,
    env: { ...serverEnvironment(), ...plan.env },
    detached: true,
    stdio: ['ignore', plan.port === undefined ? 'pipe' : log, log],
  });
  closeSync(log);
  running.add(child);
  const stop = () => endTree(child).finally(() => running.delete(child));
  try {
    const client = await firstAnswer(plan, child, started + START_TIMEOUT_MS);
    const startMs = performance.now() - started;
    return { side: plan.side, pid: child.pid ?? 0, client, startMs, stop: () => (client.close(), stop()) };
  } catch (error) {
    await stop();
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`The ${plan.side} server did not start; its last lines:\n${lines}`, { cause: error });
  }
}

async function firstAnswer(plan: ServerPlan, child: ChildProcess, deadline: number): Promise<BenchClient> {
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`it ended with exit code ${code}`)));
  });
  // Whoever loses the races below must not end the program.
  failed.catch(() => undefined);
  const uri =
    plan.port === undefined
      ? await Promise.race([announcedUri(child), failed])
      : `http://127.0.0.1:${plan.port}`;
  const client = new BenchClient(uri);
  for (;;) {
    try {
      await Promise.race([client.send('POST', 'experiments/search', '{"max_results":1}'), failed]);
      return client;
    } catch (error) {
      const isOver = performance.now() > deadline || child.exitCode !== null || child.signalCode !== null;
      if (isOver) {
        throw error;
      }
      await sleep(POLL_MS);
    }
  }
}

async function announcedUri({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) {
    throw new Error('the output of the server is not piped');
  }
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: stdout }).once('line', resolve),
  );
  const announcement = JSON.parse(line) as ServerAnnouncement;
  if (announcement.event !== 'ready') {
    throw new Error(line);
  }
  return announcement.uri;
}

/** Ours, without what would point MLflow elsewhere, and with what keeps it from calling home. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('MLFLOW_'));
  return { ...Object.fromEntries(entries), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
