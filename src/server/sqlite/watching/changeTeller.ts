import { ANY_CHANGE, NO_CHANGE, type StoreChange } from '../../../core/domain/changes.js';

/** Everybody reads everything again at most this often, in milliseconds. */
const EVERYTHING_PAUSE = 2_000;

/** When others have written nothing for so long, what was not found among their rows is told as "everything". */
const QUIET = 3_000;

/** When they go on writing, it is told so long after they began. */
const LONGEST_DOUBT = 15_000;

/**
 * Tells what others changed. That something was found in a commit does not mean that everything was: an update of
 * an old row leaves no trace. So "everything" follows once they are quiet.
 */
export class ChangeTeller {
  private timer: NodeJS.Timeout | undefined;
  private everythingDue = Infinity;
  private doubtDue = Infinity;
  private doubtSince = Infinity;
  private lastEverything = -Infinity;

  constructor(private readonly tell: (change: StoreChange) => void) {}

  /** Others have committed. @param found what was found of it; undefined for nothing */
  committed(found: StoreChange | undefined): void {
    const now = performance.now();
    if (found === undefined || found.everything) {
      this.everythingDue = Math.min(
        this.everythingDue,
        Math.max(now, this.lastEverything + EVERYTHING_PAUSE),
      );
    } else {
      this.doubtSince = Math.min(this.doubtSince, now);
      this.doubtDue = Math.min(now + QUIET, this.doubtSince + LONGEST_DOUBT);
      if (found !== NO_CHANGE) {
        this.tell(found);
      }
    }
    this.schedule(now);
  }

  /** Forgets what was to be told later. */
  stop(): void {
    clearTimeout(this.timer);
    this.everythingDue = this.doubtDue = this.doubtSince = Infinity;
  }

  private schedule(now: number): void {
    clearTimeout(this.timer);
    const due = Math.min(this.everythingDue, this.doubtDue);
    if (due <= now) {
      this.stop();
      this.lastEverything = now;
      this.tell(ANY_CHANGE);
    } else if (due < Infinity) {
      this.timer = setTimeout(() => this.schedule(performance.now()), due - now);
    }
  }
}
