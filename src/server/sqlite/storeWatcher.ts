import type { StoreConnection } from './storeConnection.js';

/** How often to look whether another process has written, in milliseconds. */
const INTERVAL = 300;

/**
 * Notices what other connections commit to the store, while somebody wants to know. It asks the writing
 * connection, for which our own commits do not count.
 */
export class StoreWatcher {
  private timer: NodeJS.Timeout | undefined;
  private seen: string | undefined;

  constructor(
    private readonly connection: StoreConnection,
    private readonly isBusy: () => boolean,
    private readonly onChange: () => void,
  ) {}

  /** Starts or stops looking. */
  watch(wanted: boolean): void {
    if (wanted && this.timer === undefined) {
      this.look();
      this.timer = setInterval(() => this.look(), INTERVAL);
    } else if (!wanted) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.seen = undefined;
    }
  }

  private look(): void {
    if (this.isBusy()) {
      return;
    }
    try {
      const version = this.connection.dataVersion();
      const changed = this.seen !== undefined && this.seen !== version;
      this.seen = version;
      if (changed) {
        this.onChange();
      }
    } catch {
      // Locked or unreadable at the moment: whoever asks for data hears about it, and the next look may succeed.
    }
  }
}
