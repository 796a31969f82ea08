import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

const TICK_MS = 5;

/** How long the event loop of the extension host was held, in milliseconds. */
export interface LoopFigures {
  /** The longest time in which nothing else could be done, whoever was to blame. */
  readonly longest: number;
  /** The longest of such times that this process worked through; a machine with too much to do adds to the other. */
  readonly longestWorked: number;
  readonly p99: number;
}

/** Watches the event loop that it runs in until it is stopped. */
export class EventLoopProbe {
  private readonly histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: TICK_MS });
  private readonly timer: NodeJS.Timeout;
  private longest = 0;
  private longestWorked = 0;
  private last = performance.now();
  private lastCpu = process.cpuUsage();

  constructor() {
    this.histogram.enable();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  private tick(): void {
    const now = performance.now();
    const worked = process.cpuUsage(this.lastCpu);
    const late = Math.max(0, now - this.last - TICK_MS);
    this.longest = Math.max(this.longest, late);
    this.longestWorked = Math.max(this.longestWorked, Math.min(late, (worked.user + worked.system) / 1000));
    this.last = now;
    this.lastCpu = process.cpuUsage();
  }

  /** What was seen since the start or the last time this was asked. */
  take(): LoopFigures {
    const figures = {
      longest: this.longest,
      longestWorked: this.longestWorked,
      p99: Math.max(0, this.histogram.percentile(99) / 1e6 - TICK_MS),
    };
    this.longest = 0;
    this.longestWorked = 0;
    this.histogram.reset();
    return figures;
  }

  stop(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }
}
