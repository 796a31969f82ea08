import { NO_CHANGE, type StoreChange } from '../../../core/domain/changes.js';
import { IdleCheckpoint } from '../idleCheckpoint.js';
import type { OpenedStore, StoreConnection } from '../storeConnection.js';
import { ChangeTeller } from './changeTeller.js';
import { OtherWriters } from './otherWriters.js';

/** How often to look whether another process has written, in milliseconds. */
const IDLE_INTERVAL = 200;

/** The same while others write. */
const BUSY_INTERVAL = 100;

/** For so long after a commit of theirs others count as writing. */
const BUSY_TIME = 3_000;

/** At most this part of the thread's time goes into looking... */
const SHARE = 1 / 20;

/** ...but a pause is never longer than this. */
const LONGEST_INTERVAL = 350;

/** How often what our own transactions updated is taken for seen, which is more work than it is for new rows. */
const OWN_UPDATES_INTERVAL = 2_000;

/** The store that is watched, as it was opened, and what was seen of it. */
interface Watched {
  readonly opened: OpenedStore;
  readonly others: OtherWriters;
  dataVersion: number;
  /** Whether the last look may have found what was committed while it was looking. */
  isAhead: boolean;
}

/**
 * Notices what other connections commit to the store, while somebody wants to know. It belongs to the writing
 * connection, for which our own commits do not count, and looks between its transactions and at their beginning.
 */
export class StoreWatcher {
  private timer: NodeJS.Timeout | undefined;
  private watched: Watched | undefined;
  /** Whether there may have been changes before the store that is opened next is looked at. */
  private mayHaveMissed = false;
  private lookedAt = -Infinity;
  private othersWroteAt = -Infinity;
  /** When we first wrote since our own updates were taken for seen. */
  private ownWriteAt = Infinity;
  /** Whether others have added rows, not looked at, before the open transaction of our own. */
  private isBehind = false;
  private readonly teller: ChangeTeller;
  private readonly checkpoint: IdleCheckpoint;

  /** @param isBusy whether the connection may be in a transaction */
  constructor(
    private readonly connection: StoreConnection,
    private readonly isBusy: () => boolean,
    onChange: (change: StoreChange) => void,
  ) {
    this.teller = new ChangeTeller(onChange);
    this.checkpoint = new IdleCheckpoint(connection, isBusy);
  }

  /** Starts or stops looking. */
  watch(isWanted: boolean): void {
    if (isWanted && this.timer === undefined) {
      this.tick();
    } else if (!isWanted) {
      clearTimeout(this.timer);
      this.teller.stop();
      this.timer = this.watched = undefined;
      this.mayHaveMissed = false;
    }
  }

  /** A transaction of our own has begun: what others have committed is there, and our own rows will follow. */
  transactionBegun(opened: OpenedStore): void {
    if (this.timer !== undefined) {
      this.isBehind = true;
      this.guarded(() => {
        const isRecent =
          this.watched?.opened === opened && performance.now() - this.lookedAt < BUSY_INTERVAL / 2;
        // Not each time, or beside a writer that is as busy as we are every transaction would look.
        this.isBehind = isRecent ? this.hasMoved() : !this.look(opened);
      });
    }
  }

  /** It is about to commit: the rows that it has added are no news. */
  transactionEnds(opened: OpenedStore): void {
    const { watched } = this;
    if (watched?.opened === opened) {
      this.ownWriteAt = Math.min(this.ownWriteAt, performance.now());
      if (!this.isBehind) {
        this.guarded(() => watched.others.passOverRows());
      }
    }
  }

  writesDone(): void {
    this.checkpoint.later();
  }

  /** Looks no more. */
  close(): void {
    this.watch(false);
    this.checkpoint.stop();
  }

  private tick(): void {
    const started = performance.now();
    if (!this.isBusy()) {
      this.guarded(() => {
        this.look(this.connection.forReading());
        this.passOverOwnUpdates();
      });
    }
    const now = performance.now();
    const interval = now - this.othersWroteAt < BUSY_TIME ? BUSY_INTERVAL : IDLE_INTERVAL;
    const pause = Math.max(interval, Math.min((now - started) / SHARE, LONGEST_INTERVAL));
    this.timer = setTimeout(() => this.tick(), pause);
  }

  /** Looks what others have committed. @returns whether all of it was seen */
  private look(opened: OpenedStore): boolean {
    this.lookedAt = performance.now();
    if (this.watched?.opened !== opened) {
      this.begin(opened);
    } else if (this.hasMoved()) {
      this.find(this.watched);
    }
    return true;
  }

  /** Begins with a store that was opened, for the first time or because it is another one. */
  private begin(opened: OpenedStore): void {
    const dataVersion = opened.context.database.dataVersion();
    this.watched = { opened, others: new OtherWriters(opened.context), dataVersion, isAhead: false };
    if (this.mayHaveMissed) {
      this.tell(undefined);
    }
    this.mayHaveMissed = true;
  }

  /**
   * Finds what others committed. They may commit more while it is being read, of which some is found now: then the
   * next look need not find anything.
   */
  private find(watched: Watched): void {
    const { database } = watched.opened.context;
    const version = database.dataVersion();
    const found = watched.others.find();
    this.tell(found ?? (watched.isAhead ? NO_CHANGE : undefined));
    watched.dataVersion = version;
    watched.isAhead = database.dataVersion() !== version;
    this.ownWriteAt = Infinity;
  }

  private tell(found: StoreChange | undefined): void {
    this.othersWroteAt = performance.now();
    this.checkpoint.later();
    this.teller.committed(found);
  }

  private passOverOwnUpdates(): void {
    if (performance.now() - this.ownWriteAt > OWN_UPDATES_INTERVAL) {
      this.watched?.others.passOverUpdates();
      this.ownWriteAt = Infinity;
      if (this.hasMoved()) {
        // An update of theirs may have been taken for ours.
        this.teller.committed(NO_CHANGE);
      }
    }
  }

  /** Whether others have committed since the last look. */
  private hasMoved(): boolean {
    const { watched } = this;
    return watched !== undefined && watched.opened.context.database.dataVersion() !== watched.dataVersion;
  }

  /** Locked or unreadable at the moment: whoever asks for data hears of it, and the next look goes on from here. */
  private guarded(look: () => void): void {
    try {
      look();
    } catch {
      this.mayHaveMissed = true;
    }
  }
}
