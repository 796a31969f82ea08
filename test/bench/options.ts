import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  /** Path of the bundled tracking server. */
  readonly program: string;
  /** A Python with `mlflow`; only ours is measured where absent. */
  readonly python: string | undefined;
  /** A new folder that goes when this program ends. */
  readonly folder: string;
  /** Whether our database has the journal mode of MLflow's, instead of the one that we would give it. */
  readonly sameJournal: boolean;
  /** Where our server leaves CPU profiles. */
  readonly profiles: string | undefined;
  /** The file that the report goes to. */
  readonly out: string;
}

/** @throws Error naming what is wrong with the command line */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      server: { type: 'string', default: 'dist/server.cjs' },
      python: { type: 'string' },
      work: { type: 'string', default: '.cache/bench' },
      out: { type: 'string', default: '.cache/bench/latest.md' },
      'same-journal': { type: 'boolean', default: false },
      'cpu-prof': { type: 'string' },
    },
  });
  return {
    program: resolve(values.server),
    python: values.python,
    folder: ownFolder(values.work),
    sameJournal: values['same-journal'],
    profiles: values['cpu-prof'] && resolve(values['cpu-prof']),
    out: resolve(values.out),
  };
}

function ownFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(resolve(parent, 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
