import type { Disposable } from '../base/disposable.js';

export interface PaceOptions {
  /** From a request to the work, so that what is asked for at the same time is done together, in milliseconds. */
  readonly soon: number;
  /** From the end of the work to the next one, at the least, in milliseconds. */
  readonly pause: number;
}

/** Work that took long waits so many times as long before it is done again: others need the time too. */
const REST = 3;

/**
 * Does the same work whenever it is asked for, soon and yet not too often: requests that come while it waits or is
 * under way become one.
 */
export class Pace implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private working = false;
  private wanted = false;
  private earliest = 0;
  private disposed = false;

  /** @param work must not fail */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly options: PaceOptions,
  ) {}

  /** Asks for the work to be done. */
  request(): void {
    this.wanted = true;
    if (!this.working && !this.disposed && this.timer === undefined) {
      const wait = Math.max(this.options.soon, this.earliest - performance.now());
      this.timer = setTimeout(() => void this.run(), wait);
    }
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.wanted = false;
    this.working = true;
    const started = performance.now();
    await this.work();
    const ended = performance.now();
    this.earliest = ended + Math.max(this.options.pause, REST * (ended - started));
    this.working = false;
    if (this.wanted) {
      this.request();
    }
  }

  /** Does nothing any more. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }
}
