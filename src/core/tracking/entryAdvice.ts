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
  /** Whether a proxy of the environment would be asked for addresses of this machine. */
  readonly proxied: boolean;
}

/** Why the database cannot be named itself, or had better not be. */
export type EntryObstacle = 'path' | 'skinny' | 'release';

export interface EntryAdvice {
  /** The forms that can be offered, the better one first; none where neither is possible. */
  readonly forms: readonly EntryForm[];
  readonly obstacle?: EntryObstacle;
}

/**
 * Naming the database is the better default: no secret, no server that has to run, good outside of VS Code too.
 * But it takes the whole of MLflow, of a release that opens the database as it is. The server's address is never
 * written where clients would ask a proxy for it, which would see the secret.
 */
export function adviseEntry(facts: EntryFacts): EntryAdvice {
  const { storeUri, release, skinny, storeReleases, proxied } = facts;
  const http: EntryForm[] = proxied ? [] : ['http'];
  if (storeUri === undefined) {
    return { forms: http, obstacle: 'path' };
  }
  if (skinny) {
    return { forms: [...http, 'sqlite'], obstacle: 'skinny' };
  }
  const opens = release === undefined || storeReleases.length === 0 || storeReleases.includes(release);
  return opens ? { forms: ['sqlite', ...http] } : { forms: [...http, 'sqlite'], obstacle: 'release' };
}
