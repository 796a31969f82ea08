import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup } from '../../../core/stores/storeInfo.js';

/** A database that was made here, or of which a backup was made. */
export interface KnownDatabase {
  /** See `databaseKey`. */
  readonly key: string;
  /** Absent for one that was made here. */
  readonly backup?: Backup;
}

interface Contents {
  readonly databases: readonly KnownDatabase[];
  /** The backup that is being written, so that one that was broken off is found. */
  readonly unfinished?: string;
}

const FILE = 'databases.json';
/** The folder that state folders lie in side by side, unless their owner names another. */
const SHARED_FOLDER = 'servers';
const MOST = 50;

/**
 * Remembers in a store's state folder, not in anybody's database, which databases need no backup. A memory that cannot
 * be written costs a backup too many, never one too few, so that is no failure.
 */
export class KnownDatabases {
  private contents: Contents;

  constructor(private readonly folder: string) {
    this.contents = read(join(folder, FILE));
  }

  /** What is known of a database, also by what other stores remember: it may have been moved. */
  find(key: string): KnownDatabase | undefined {
    const own = this.contents.databases.find((each) => each.key === key);
    return own ?? this.neighbours().find((each) => each.key === key);
  }

  add(known: KnownDatabase): void {
    const others = this.contents.databases.filter(({ key }) => key !== known.key);
    this.save({ ...this.contents, databases: [...others, known].slice(-MOST) });
  }

  /** Notes that a backup is being written to `path`. */
  begin(path: string): void {
    this.save({ databases: this.contents.databases, unfinished: path });
  }

  /** Deletes the backup that is being written, or was when a former server was killed. */
  removeUnfinished(): void {
    const { databases, unfinished } = this.contents;
    if (unfinished !== undefined) {
      for (const path of [unfinished, `${unfinished}-journal`]) {
        rmSync(path, { force: true });
      }
      this.save({ databases });
    }
  }

  /** Notes that what was written is whole, under another name. */
  finish(): void {
    this.save({ databases: this.contents.databases });
  }

  private neighbours(): KnownDatabase[] {
    const parent = dirname(this.folder);
    if (basename(parent) !== SHARED_FOLDER) {
      return [];
    }
    const names = readdirSync(parent).filter((name) => name !== basename(this.folder));
    return names.flatMap((name) => read(join(parent, name, FILE)).databases);
  }

  private save(contents: Contents): void {
    this.contents = contents;
    const path = join(this.folder, FILE);
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, `${JSON.stringify(contents)}\n`, { mode: 0o600, flush: true });
      renameSync(`${path}.new`, path);
    } catch {
      // Kept in memory at least.
    }
  }
}

function read(path: string): Contents {
  try {
    const { databases, unfinished } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Contents>;
    return {
      databases: Array.isArray(databases) ? databases.filter(({ key }) => typeof key === 'string') : [],
      ...(typeof unfinished === 'string' && { unfinished }),
    };
  } catch {
    return { databases: [] };
  }
}
