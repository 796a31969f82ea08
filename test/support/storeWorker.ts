// The store's worker as a program, which Node cannot make of the sources by itself.
import { build } from 'esbuild';

/** Bundles the worker. @returns its code */
export async function buildStoreWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['src/server/sqlite/storeWorker.ts'],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
