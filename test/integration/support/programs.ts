import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FilledStore } from '../../bench/live/programs/fillStore.js';
import type { LoadReport } from '../../bench/live/programs/logMetrics.js';
import { extensionUnderTest } from '../extension.js';
import { workspaceFolder } from './parts.js';

/** Puts a database with so many runs in one experiment, and so many experiments, into the workspace folder. */
export async function fillWorkspaceStore(runs: number, experiments: number): Promise<FilledStore> {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-filled-'));
  try {
    const server = join(extensionUnderTest().extensionPath, 'dist', 'server.cjs');
    const filling = startProgram('fillStore', server, folder, String(runs), String(experiments));
    const filled = JSON.parse(await filling.next()) as FilledStore;
    await filling.end;
    copyFileSync(join(folder, 'mlflow.db'), join(workspaceFolder(), 'mlflow.db'));
    return filled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How much the load is: runs, metrics of each a second, seconds. */
export interface Load {
  readonly runs: number;
  readonly metrics: number;
  readonly seconds: number;
}

/** Starts scripts that log to an experiment; `ended` comes when all is acknowledged. */
export async function startLoad(
  uri: string,
  experimentId: string,
  { runs, metrics, seconds }: Load,
): Promise<{
  readonly runIds: readonly string[];
  readonly ended: Promise<Extract<LoadReport, { event: 'ended' }>>;
}> {
  const args = [uri, experimentId, String(runs), String(metrics), String(seconds)];
  const program = startProgram('logMetrics', ...args);
  const started = JSON.parse(await program.next()) as LoadReport;
  if (started.event !== 'started') throw new Error('The load ended before it began.');
  const ended = program.next().then((line) => JSON.parse(line) as Extract<LoadReport, { event: 'ended' }>);
  return { runIds: started.runIds, ended };
}

/** A program that tells what it does in lines. */
export interface Program {
  /** The next line; fails where the program ends before. */
  readonly next: () => Promise<string>;
  readonly end: Promise<number | null>;
  readonly kill: () => void;
}

function startProgram(name: string, ...args: readonly string[]): Program {
  const program = join(__dirname, 'programs', `${name}.cjs`);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return linesOf(
    spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    name,
  );
}

/** What a child process prints, line by line. */
export function linesOf(child: ChildProcess, name: string): Program {
  let messages = '';
  child.stderr?.on('data', (text: Buffer) => (messages += text.toString()));
  const end = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (child.stdout === null) throw new Error(`The output of ${name} is not piped.`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async () => {
      const line = await lines.next();
      if (line.done) throw new Error(`${name} ended: ${messages}`);
      return line.value;
    },
    end,
    kill: () => void child.kill('SIGKILL'),
  };
}
