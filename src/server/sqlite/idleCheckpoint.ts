import type { StoreConnection } from './storeConnection.js';

/** So long after the last commit the log is brought into the database, in milliseconds. */
const IDLE = 500;

/**
 * Brings the write-ahead log into the database when nobody has written for a moment. Who copies `mlflow.db` then has
 * all of it, and who writes a copy over it meets no log that would be mixed with it.
 */
export class IdleCheckpoint {
  private timer: NodeJS.Timeout | undefined;

  /** @param isBusy whether the connection may be in a transaction */
  constructor(
    private readonly connection: StoreConnection,
    private readonly isBusy: () => boolean,
  ) {}

  /** Somebody has committed. */
  later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), IDLE);
    this.timer.unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private run(): void {
    if (this.isBusy()) {
      return;
    }
    try {
      this.connection.checkpoint();
    } catch {
      // Somebody else is in the way, or the file is being left: the log stays for the next time.
    }
  }
}
