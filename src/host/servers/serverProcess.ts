import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerAnnouncement } from '../../core/wire/workbenchApi.js';

const ANNOUNCEMENT_TIMEOUT_MS = 20_000;
const LOG_MAX_BYTES = 5_000_000;
/** Variables of VS Code's own process and of MLflow's clients, which are nothing for a server of ours. */
const NOT_PASSED_ON = /^(VSCODE_|ELECTRON_|MLFLOW_(?!WORKBENCH_)|DATABRICKS_|NODE_OPTIONS$)/;

export interface SpawnServer {
  /** Path of `dist/server.cjs`. */
  readonly program: string;
  readonly storePath: string;
  readonly stateFolder: string;
  /** Whether a backup comes before the first write to a database that was not made here. */
  readonly backup: boolean;
  /** The MLflow release whose schema a new database gets. */
  readonly mlflowRelease?: string;
  /** How long to wait for the store's former server, which was asked to end. */
  readonly waitSeconds?: number;
}

/**
 * Starts a tracking server and returns the first line that it prints. The process is on its own from then
 * on: it outlives this window and ends when the last lease on it does. What it reports goes to `server.log`
 * in its state folder.
 */
export async function spawnServer(options: SpawnServer): Promise<ServerAnnouncement> {
  mkdirSync(options.stateFolder, { recursive: true, mode: 0o700 });
  const log = openLog(options.stateFolder);
  const child = spawn(process.execPath, [options.program, ...serverArguments(options)], {
    cwd: options.stateFolder,
    env: serverEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  try {
    return await announcementOf(child, ANNOUNCEMENT_TIMEOUT_MS + (options.waitSeconds ?? 0) * 1000);
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    child.stdout?.destroy();
    child.unref();
  }
}

/** The last lines that a store's server reported. */
export async function lastServerMessages(stateFolder: string): Promise<string> {
  try {
    const text = await readFile(join(stateFolder, 'server.log'), 'utf8');
    return text.trimEnd().split('\n').slice(-20).join('\n');
  } catch {
    return '';
  }
}

function serverArguments(options: SpawnServer): string[] {
  const given = ['--store', options.storePath, '--state-dir', options.stateFolder, '--lease', '--port', '0'];
  const wait = options.waitSeconds ? ['--wait-seconds', String(options.waitSeconds)] : [];
  const release = options.mlflowRelease ? ['--mlflow-release', options.mlflowRelease] : [];
  const backup = options.backup ? '--backup' : '--no-backup';
  return [...given, backup, ...wait, ...release];
}

function serverEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!NOT_PASSED_ON.test(name)) {
      env[name] = value;
    }
  }
  return { ...env, ELECTRON_RUN_AS_NODE: '1' };
}

function openLog(stateFolder: string): number {
  const path = join(stateFolder, 'server.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > LOG_MAX_BYTES ? 'w' : 'a', 0o600);
}

function announcementOf(child: ChildProcess, patience: number): Promise<ServerAnnouncement> {
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => reject(new Error(message));
    const timer = setTimeout(() => fail('The tracking server did not start in time.'), patience);
    const stopTimer = (): void => clearTimeout(timer);
    child.once('error', (error) => {
      stopTimer();
      reject(error);
    });
    if (!child.stdout) {
      stopTimer();
      fail('The tracking server has no output.');
      return;
    }
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      stopTimer();
      try {
        resolve(JSON.parse(line) as ServerAnnouncement);
      } catch {
        fail(`The tracking server said something unexpected: ${line.slice(0, 200)}`);
      }
    });
    // The exit may be seen before the last line is read; the end of the output comes after it.
    lines.once('close', () => {
      stopTimer();
      fail('The tracking server ended before it was ready.');
    });
  });
}
