import { statSync } from 'node:fs';
import type { Database } from './database.js';

/** How often in a row others may write to the file while its stamp is taken, before they count as those who did. */
const TRIES = 3;

/**
 * Notices that somebody writes over the file of an open database past SQLite, as `cp backup.db mlflow.db` does: the
 * file is the same one then, and SQLite goes on with the pages that it remembers. It is told by a file that has
 * changed without a commit of anybody. Holds for a log that has been brought into the file: what is left in it is
 * written to the file by whoever closes it last, and there is no way to keep SQLite from that.
 */
export class Overwriting {
  private stamp: string;
  /** Of the time at which the file was seen to change. */
  private dataVersion: number;

  constructor(
    private readonly path: string,
    private readonly database: Database,
  ) {
    this.dataVersion = database.dataVersion();
    this.stamp = stampOf(path);
  }

  /** We have committed, which may have changed the file. */
  noteCommit(): void {
    this.stamp = stampOf(this.path);
  }

  /** All that anybody has committed is in the file: whatever changes it without another commit is not SQLite. */
  noteCheckpoint(): void {
    this.dataVersion = this.database.dataVersion();
    this.stamp = stampOf(this.path);
  }

  /** Whether the file has changed without a commit. */
  isOverwritten(): boolean {
    let stamp = stampOf(this.path);
    if (stamp === this.stamp) {
      return false;
    }
    const before = this.dataVersion;
    for (let tries = 0; tries < TRIES && stamp !== this.stamp; tries += 1) {
      this.stamp = stamp;
      this.dataVersion = this.database.dataVersion();
      // Taken again: a commit between the two would be missing from the one and not from the other.
      stamp = stampOf(this.path);
    }
    return stamp === this.stamp && this.dataVersion === before;
  }
}

function stampOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.size}:${stats.mtimeNs}`;
}
