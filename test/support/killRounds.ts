// Kills a process that writes to a store, again and again, and looks for what it had acknowledged.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { buildStoreWorker } from './storeWorker.js';

export interface KillReport {
  readonly acknowledged: number;
  /** Acknowledged values that the database does not hold. */
  readonly lost: readonly string[];
  /** What SQLite's integrity check said, once for each different answer. */
  readonly integrity: readonly string[];
}

/** Runs and kills a writer so many times, all on one database, each a bit later in its work. */
export async function killRounds(rounds: number): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'killed-writer-'));
  const worker = await buildStoreWorker();
  try {
    const program = join(folder, 'writer.mjs');
    await build({
      entryPoints: ['test/support/killedWriter.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    const path = join(folder, 'mlflow.db');
    const acknowledged: string[] = [];
    const lost: string[] = [];
    const integrity = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const output = await killedAfter(
        [program, path, worker.file, `round ${round}`],
        5 + ((round * 37) % 200),
      );
      const found = check(path, output);
      acknowledged.push(...found.acknowledged);
      lost.push(...found.lost);
      integrity.add(found.integrity);
    }
    return { acknowledged: acknowledged.length, lost, integrity: [...integrity] };
  } finally {
    worker.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program printed until it was killed, so many milliseconds after its first line. */
async function killedAfter(args: readonly string[], milliseconds: number): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const first = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      resolve();
    });
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await Promise.race([first, ended]);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await ended;
  return output;
}

function check(path: string, output: string) {
  const [head = '', ...lines] = output.split('\n').slice(0, -1);
  const runId = head.replace('run ', '');
  const database = new DatabaseSync(path);
  try {
    const rows = database.prepare('SELECT key, step FROM metrics WHERE run_uuid = ?').all(runId);
    const kept = new Set(rows.map(({ key, step }) => `${String(key)} ${String(step)}`));
    const integrity = Object.values(database.prepare('PRAGMA integrity_check').get() ?? {}).join();
    return { acknowledged: lines, lost: lines.filter((line) => !kept.has(line)), integrity };
  } finally {
    database.close();
  }
}
