import { rmSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/base/errors.js';
import type { Disposable } from '../../core/base/disposable.js';
import type { Logger } from '../../core/base/logger.js';
import { describeHolder, type ServerHolder } from '../../core/stores/serverHolder.js';
import { isForbidden } from '../sqlite/fileSystems.js';
import { takeExclusiveLock } from './exclusiveLock.js';
import { HolderRecord } from './holderRecord.js';

/** What a server may do with a store. */
export interface Access {
  /** The server of another machine that writes to the store, so that this one only reads. */
  readonly servedBy?: ServerHolder;
  /** Resolves with the reason when that is no longer so, or becomes so. */
  readonly changed: Promise<string>;
}

/** Where no other machine opens the store. */
export const SOLE_ACCESS: Access = { changed: new Promise(() => undefined) };

const BEAT_MS = 5_000;
const LOOK_MS = 3_000;
const ATTEMPTS = 20;
const PAUSE_MS = 50;
const NAMELESS: ServerHolder = { version: 'unknown', pid: 0, hostName: 'unknown' };

/**
 * A store whose folder several machines open: the server of one of them writes, the others read until it ends. Who
 * writes is decided by a lock beside the database, which is as good as the locks that SQLite itself takes there. There
 * are file systems whose locks end at the machine, so that the writing server also tells in a file that it is alive.
 */
export class SharedStore implements Disposable {
  private readonly lockPath: string;
  private readonly record: HolderRecord;
  private lock: Disposable | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    storePath: string,
    self: ServerHolder,
    private readonly logger: Logger,
  ) {
    this.lockPath = `${storePath}.workbench-lock`;
    this.record = new HolderRecord(`${storePath}.workbench-holder`, self);
  }

  /** Becomes the one that writes, unless another is. */
  async access(): Promise<Access> {
    clearInterval(this.timer);
    const servedBy = this.lock === undefined ? await this.take() : undefined;
    if (servedBy !== undefined) {
      this.logger.warn(`The store is opened for reading: ${describeHolder(servedBy)} writes to it.`);
    }
    const changed = new Promise<string>((resolve) => {
      const look = servedBy === undefined ? this.beat : this.takeOver;
      this.timer = setInterval(
        () => void look().then((reason) => reason !== undefined && resolve(reason), this.logFailure),
        servedBy === undefined ? BEAT_MS : LOOK_MS,
      );
    });
    return { changed, ...(servedBy && { servedBy }) };
  }

  /** Takes the lock, or tells who has it. */
  private async take(): Promise<ServerHolder | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (!(await this.makeLockFile())) {
        return undefined;
      }
      const before = await identityOf(this.lockPath);
      const lock = this.tryLock();
      const other = await this.record.ofOther();
      // Whoever ended just now has removed the file that we locked: another may lock the next one.
      const isCurrent = before !== undefined && before === (await identityOf(this.lockPath));
      if (lock !== undefined && other === undefined && isCurrent) {
        this.lock = lock;
        await this.record.write();
        return undefined;
      }
      lock?.dispose();
      if (other !== undefined) {
        return other;
      }
      await sleep(PAUSE_MS);
    }
    return NAMELESS;
  }

  /** False where nobody can write, to the store neither. Only done without the lock: closing the file ends it. */
  private async makeLockFile(): Promise<boolean> {
    try {
      await mkdir(dirname(this.lockPath), { recursive: true });
      await writeFile(this.lockPath, '', { flag: 'a' });
      return true;
    } catch (error) {
      if (isForbidden(error)) {
        return false;
      }
      throw error;
    }
  }

  /** Undefined where another has it. Where the file system knows no locks, the record has to do. */
  private tryLock(): Disposable | undefined {
    try {
      return takeExclusiveLock(this.lockPath);
    } catch (error) {
      this.logger.warn(`${this.lockPath} cannot be locked: ${messageOf(error)}`);
      return { dispose: () => undefined };
    }
  }

  /** Says that the writing server is alive; the reason when another has taken over meanwhile. */
  private readonly beat = async (): Promise<string | undefined> => {
    if (this.lock === undefined) {
      return undefined;
    }
    const other = await this.record.ofOther();
    if (other === undefined) {
      await this.record.write();
      return undefined;
    }
    this.lock.dispose();
    this.lock = undefined;
    clearInterval(this.timer);
    return `${describeHolder(other)} has taken over while this machine was not heard of`;
  };

  private readonly takeOver = async (): Promise<string | undefined> => {
    if (this.lock !== undefined || (await this.take()) !== undefined) {
      return undefined;
    }
    clearInterval(this.timer);
    return 'the server that wrote to the store has ended, and this one takes over';
  };

  private readonly logFailure = (error: unknown): void => {
    this.logger.warn(`Looking who writes to the store: ${messageOf(error)}`);
  };

  /** Lets others take over at once. */
  dispose(): void {
    clearInterval(this.timer);
    if (this.lock === undefined) {
      return;
    }
    this.record.remove();
    if (process.platform === 'win32') {
      this.lock.dispose();
    }
    rmSync(this.lockPath, { force: true });
    this.lock.dispose();
  }
}

async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
