// The store's worker as a program, which Node cannot make of the sources by itself.
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BuiltWorker {
  readonly file: string;
  remove(): void;
}

/** Bundles the worker into a folder of its own. */
export async function buildStoreWorker(): Promise<BuiltWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'store-worker-'));
  const file = join(folder, 'storeWorker.cjs');
  await build({
    entryPoints: ['src/server/sqlite/storeWorker.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
