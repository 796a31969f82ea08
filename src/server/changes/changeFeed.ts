import type { ServerResponse } from 'node:http';
import type { Disposable } from '../../core/base/disposable.js';
import { NO_CHANGE, type StoreChange } from '../../core/domain/changes.js';
import type { Lease } from '../lease.js';
import { EventStreams } from './eventStreams.js';
import { mergeChanges } from './mergeChanges.js';

/** Changes are told soon, and those together that come within the longer time after the last ones. */
const SOON_MS = 5;
const COALESCE_MS = 100;

/** Tells everybody who listens what changed in the store, as server-sent events. Each listener holds a lease. */
export class ChangeFeed implements Disposable {
  private readonly streams: EventStreams;
  private pending: StoreChange = NO_CHANGE;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = -Infinity;

  constructor(lease: Lease) {
    this.streams = new EventStreams(lease);
  }

  get hasListeners(): boolean {
    return !this.streams.isEmpty;
  }

  /** Takes over a response until its other side goes away. */
  serve(response: ServerResponse): void {
    this.streams.open(response);
  }

  publish(change: StoreChange): void {
    if (this.streams.isEmpty) {
      return;
    }
    this.pending = mergeChanges(this.pending, change);
    const wait = Math.max(SOON_MS, this.toldAt + COALESCE_MS - performance.now());
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Ends every listener's response. */
  dispose(): void {
    clearTimeout(this.timer);
    this.streams.dispose();
  }

  private flush(): void {
    const change = this.pending;
    this.pending = NO_CHANGE;
    this.timer = undefined;
    this.toldAt = performance.now();
    this.streams.send(`data: ${JSON.stringify(change)}\n\n`);
  }
}
