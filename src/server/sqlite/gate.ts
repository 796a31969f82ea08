import { MlflowError } from '../../core/base/errors.js';

/** A wait for others who leave a file is short; one for an upgrade may be longer than anybody waits. */
const SHORTEST_PATIENCE = 2000;

/** Lets steps through, or has them wait until it is opened again. */
export class Gate {
  private waiting: Promise<void> | undefined;
  private open: () => void = () => undefined;

  get isShut(): boolean {
    return this.waiting !== undefined;
  }

  shut(): void {
    this.waiting ??= new Promise((resolve) => {
      this.open = resolve;
    });
  }

  release(): void {
    this.waiting = undefined;
    this.open();
  }

  /**
   * Waits while the gate is shut. What is done in the same breath as the end of this wait finds it open.
   * @param deadline when to give up, as `Date.now()` counts
   * @throws MlflowError TEMPORARILY_UNAVAILABLE after the deadline
   */
  async passed(deadline: number): Promise<void> {
    if (this.waiting === undefined) {
      return;
    }
    const patience = Math.max(deadline - Date.now(), SHORTEST_PATIENCE);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const text = 'The database is being upgraded or replaced. Try again.';
      timer = setTimeout(() => reject(new MlflowError('TEMPORARILY_UNAVAILABLE', text)), patience);
    });
    try {
      while (this.waiting !== undefined) {
        await Promise.race([this.waiting, late]);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
