import * as sqlite from 'node:sqlite';
import type { Database } from '../database.js';

/** Pages that are copied in one go: 64 MB, a fraction of a second. Smaller databases are copied at once. */
const PAGES = 16_384;

/**
 * How long other programs may be kept from committing, in milliseconds. Without a write-ahead log whoever reads does
 * so, and MLflow's own clients give up after 20 s.
 */
const LONGEST_HOLD = 15_000;

/** How a copy is followed and ended. */
export interface CopyOptions {
  readonly signal: AbortSignal;
  /** @param fraction of the copy that is there */
  onProgress(fraction: number): void;
}

/** Another program wrote to the database, and what was copied until then is of no use. */
class Overtaken extends Error {}

/** A copy that was not made in time without keeping other programs from committing any longer. */
export class HeldTooLong extends Error {}

/**
 * Copies what was committed, page by page and as of one moment, into a file that is there and empty.
 * @throws the error of SQLite, "busy" among them; HeldTooLong; the signal's reason
 */
export async function copyDatabase(source: Database, target: string, options: CopyOptions): Promise<void> {
  if (!hasBackup()) {
    copyByStatement(source, target);
    return;
  }
  const mode = source.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode;
  if (mode !== 'wal') {
    try {
      await copyPages(source, target, options);
      return;
    } catch (error) {
      if (!(error instanceof Overtaken)) {
        throw error;
      }
    }
  }
  await copyInOneTransaction(source, target, options, mode === 'wal' ? Infinity : LONGEST_HOLD);
}

/** The way of Node.js up to 22.15: in one transaction, by the thread that waits for it. */
export function copyByStatement(source: Database, target: string): void {
  source.exec('PRAGMA query_only = OFF');
  source.run('VACUUM INTO ?', target);
}

/** Nothing that others commit meanwhile is seen, so that it does not begin anew; see {@link LONGEST_HOLD}. */
async function copyInOneTransaction(
  source: Database,
  target: string,
  options: CopyOptions,
  longest: number,
): Promise<void> {
  const until = Date.now() + longest;
  source.run('BEGIN');
  try {
    // Only now the transaction reads, and what it reads stays.
    source.get('SELECT 1 FROM sqlite_master');
    await copyPages(source, target, {
      signal: options.signal,
      onProgress: (fraction) => {
        if (Date.now() > until) {
          throw new HeldTooLong('other programs wait for the database');
        }
        options.onProgress(fraction);
      },
    });
  } finally {
    source.rollBack();
  }
}

async function copyPages({ connection }: Database, target: string, options: CopyOptions): Promise<void> {
  let last = Infinity;
  await sqlite.backup(connection, target, {
    rate: PAGES,
    progress: ({ totalPages, remainingPages }) => {
      options.signal.throwIfAborted();
      if (remainingPages >= last) {
        throw new Overtaken('another program wrote meanwhile');
      }
      last = remainingPages;
      options.onProgress(1 - remainingPages / totalPages);
    },
  });
}

/** `backup` came with Node.js 22.16; VS Code 1.101 has 22.15. */
function hasBackup(): boolean {
  return 'backup' in sqlite;
}
