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

  /** Waits while the gate is shut. What is done in the same breath as the end of this wait finds it open. */
  async passed(): Promise<void> {
    while (this.waiting !== undefined) {
      await this.waiting;
    }
  }
}
