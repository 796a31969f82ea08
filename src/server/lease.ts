import type { Disposable } from '../core/base/disposable.js';

/**
 * Keeps a server alive while somebody needs it: while a lease is held, and for a while after the last request or
 * after somebody was seen who is silent and yet there.
 */
export class Lease implements Disposable {
  private held = 0;
  private lastUse = Date.now();
  private readonly silent: (() => boolean)[] = [];
  private readonly timer: NodeJS.Timeout | undefined;

  /**
   * @param idleMs how long nobody may need the server; undefined where it runs until it is told to end
   * @param onEnd called once when nobody has needed it for that long
   */
  constructor(idleMs: number | undefined, onEnd: () => void) {
    if (idleMs === undefined) {
      return;
    }
    this.timer = setInterval(
      () => {
        if (this.silent.some((isThere) => isThere())) {
          this.touch();
        }
        if (this.held === 0 && Date.now() - this.lastUse >= idleMs) {
          clearInterval(this.timer);
          onEnd();
        }
      },
      Math.min(Math.max(idleMs / 4, 50), 5_000),
    );
    this.timer.unref();
  }

  /** Notes a request. */
  touch(): void {
    this.lastUse = Date.now();
  }

  /** Takes a lease; the result gives it back. */
  hold(): () => void {
    this.held += 1;
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.held -= 1;
        this.touch();
      }
    };
  }

  /** @param isThere whether somebody needs the server who sends nothing at the moment */
  heedSilent(isThere: () => boolean): void {
    this.silent.push(isThere);
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}
