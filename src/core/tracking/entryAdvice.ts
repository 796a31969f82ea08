import type { EntryForm } from './envEntry.js';

/** What speaks for one form of an entry or the other. */
export interface EntryFacts {
  /** The database as MLflow opens it itself; undefined where its path has characters that rule that out. */
  readonly storeUri: string | undefined;
  /** The release of `mlflow` in the folder's Python, where it is known. */
  readonly release: string | undefined;
  /** Whether it is `mlflow-skinny` alone, which opens no database. */
  readonly skinny: boolean;
  /** The releases that open the database at its revision; empty where it is not known or not made yet. */
  readonly storeReleases: readonly string[];
}

/** Why the database cannot be named itself, or had better not be. */
export type EntryObstacle = 'path' | 'skinny' | 'release';

/** The form that is offered first, and why not the database where it is the other. */
export interface EntryAdvice {
  readonly form: EntryForm;
  readonly obstacle?: EntryObstacle;
}

/**
 * Naming the database is the better default: no secret, no server that has to run, good outside of VS Code too.
 * But it takes the whole of MLflow, of a release that opens the database as it is.
 */
export function adviseEntry({ storeUri, release, skinny, storeReleases }: EntryFacts): EntryAdvice {
  if (storeUri === undefined) {
    return { form: 'http', obstacle: 'path' };
  }
  if (skinny) {
    return { form: 'http', obstacle: 'skinny' };
  }
  const opens = release === undefined || storeReleases.length === 0 || storeReleases.includes(release);
  return opens ? { form: 'sqlite' } : { form: 'http', obstacle: 'release' };
}
