import type { Disposable } from './disposable.js';

/** After a piece of work that took long, nothing is done for this many times as long. */
const REST_FACTOR = 10;

/**
 * Work that is asked for far more often than it needs doing. It is done at once, then not again before an interval
 * has passed and never twice at a time; what was asked for in between is done once afterwards.
 */
export class PacedTask implements Disposable {
  private asked = false;
  private busy = false;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  /** @param work deals with its own failures */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly intervalMs: number,
  ) {}

  request(): void {
    this.asked = true;
    if (!this.busy && this.timer === undefined) {
      void this.run();
    }
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    if (!this.asked || this.disposed) {
      return;
    }
    this.asked = false;
    this.busy = true;
    const start = Date.now();
    try {
      await this.work();
    } finally {
      this.busy = false;
      this.rest(Math.max(this.intervalMs, REST_FACTOR * (Date.now() - start)));
    }
  }

  private rest(milliseconds: number): void {
    if (!this.disposed) {
      this.timer = setTimeout(() => void this.run(), milliseconds);
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }
}
