// Kills a tracking server that is being written to, again and again, and looks for what it had acknowledged.
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../builtServer.js';
import { type PythonProgram, startPython } from '../python.js';
import { inspect } from './inspect.js';
import { Writers } from './writers.js';

const OPEN_STORE = join(import.meta.dirname, 'open_store.py');

/** Longest time between the first acknowledged write of a round and the kill. */
const LONGEST_MS = 400;

export interface KillReport {
  readonly acknowledged: number;
  /** How often each kind of write was acknowledged. */
  readonly kinds: Readonly<Record<string, number>>;
}

/**
 * Runs and kills a server so many times over one database, each at another moment. After each kill MLflow opens a copy
 * of what is left, and the next server starts on the original: nothing may be lost, halved or damaged.
 */
export async function killRounds(folder: string, rounds: number): Promise<KillReport> {
  const storePath = join(folder, 'mlflow.db');
  const mlflow = startPython(OPEN_STORE);
  const writers = new Writers();
  let checked = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await startBuiltServer({ storePath });
    const before = writers.proofs.length;
    await killWhileWriting(server, writers, (round * 137) % LONGEST_MS);
    const seen = await openCopy(mlflow, storePath, join(folder, `left by round ${round}`));
    const next = await startBuiltServer({ storePath });
    const { runs, ...findings } = inspect(storePath, writers.proofs.slice(before));
    expect(findings).toEqual({ lost: [], halves: [], integrity: 'ok' });
    expect(seen).toEqual({ runs, integrity: 'ok' });
    checked += writers.proofs.length - before;
    next.child.kill('SIGKILL');
    await next.exit;
  }
  expect(inspect(storePath, writers.proofs).lost).toEqual([]);
  return { acknowledged: checked, kinds: Object.fromEntries(writers.counts) };
}

async function killWhileWriting(server: BuiltServer, writers: Writers, milliseconds: number): Promise<void> {
  const writing = writers.write(server.uri);
  await Promise.race([writers.acknowledged(1), writing]);
  await sleep(milliseconds);
  writers.expectEnd();
  server.child.kill('SIGKILL');
  await server.exit;
  await writing;
}

/** The database and its log as a loss of power leaves them: what is in memory beside them is gone. */
export function copyStore(storePath: string, folder: string): string {
  mkdirSync(folder);
  const copy = join(folder, basename(storePath));
  copyFileSync(storePath, copy);
  copyFileSync(`${storePath}-wal`, `${copy}-wal`);
  return copy;
}

async function openCopy(mlflow: PythonProgram, storePath: string, folder: string): Promise<unknown> {
  mlflow.tell(copyStore(storePath, folder));
  return JSON.parse(await mlflow.line());
}
