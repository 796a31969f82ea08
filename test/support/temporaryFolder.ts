// Folders that a test owns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** Makes a new, empty folder. */
export function makeTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'mlflow-workbench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
