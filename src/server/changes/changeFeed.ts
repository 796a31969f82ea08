import type { ServerResponse } from 'node:http';
import type { Disposable } from '../../core/base/disposable.js';
import { NO_CHANGE, type StoreChange } from '../../core/domain/changes.js';
import type { Lease } from '../lease.js';
import { mergeChanges } from './mergeChanges.js';

/** Changes are told soon, and those together that come within the longer time after the last ones. */
const SOON_MS = 5;
const COALESCE_MS = 100;
/** Comments keep the connection from looking dead. */
const HEARTBEAT_MS = 15_000;
/** A listener that has not read this many bytes is let go; it asks for everything when it comes back. */
const MAX_UNREAD_BYTES = 1_000_000;

/** Tells everybody who listens what changed in the store, as server-sent events. Each listener holds a lease. */
export class ChangeFeed implements Disposable {
  private readonly listeners = new Set<ServerResponse>();
  private pending: StoreChange = NO_CHANGE;
  private timer: NodeJS.Timeout | undefined;
  private toldAt = -Infinity;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly lease: Lease) {
    this.heartbeat = setInterval(() => this.send(':\n\n'), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  /** Takes over a response until its other side goes away. */
  serve(response: ServerResponse): void {
    const release = this.lease.hold();
    this.listeners.add(response);
    response.once('close', () => {
      this.listeners.delete(response);
      release();
    });
    response.on('error', () => response.destroy());
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    // A first byte, so that the client knows that it listens.
    response.write(':\n\n');
  }

  publish(change: StoreChange): void {
    if (this.listeners.size === 0) {
      return;
    }
    this.pending = mergeChanges(this.pending, change);
    const wait = Math.max(SOON_MS, this.toldAt + COALESCE_MS - performance.now());
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Ends every listener's response. */
  dispose(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.timer);
    for (const listener of this.listeners) {
      listener.end();
    }
  }

  private flush(): void {
    const change = this.pending;
    this.pending = NO_CHANGE;
    this.timer = undefined;
    this.toldAt = performance.now();
    this.send(`data: ${JSON.stringify(change)}\n\n`);
  }

  private send(text: string): void {
    for (const listener of this.listeners) {
      if (listener.writableLength > MAX_UNREAD_BYTES) {
        listener.destroy();
      } else {
        listener.write(text);
      }
    }
  }
}
