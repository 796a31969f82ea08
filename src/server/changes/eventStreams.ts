import type { ServerResponse } from 'node:http';
import type { Disposable } from '../../core/base/disposable.js';
import type { Lease } from '../lease.js';

/** Comments keep a connection from looking dead. */
const HEARTBEAT_MS = 15_000;
/** A listener that has not read this many bytes is let go; it asks for everything when it comes back. */
const MAX_UNREAD_BYTES = 1_000_000;

/** Responses of server-sent events that are open. Each holds a lease until its other side goes away. */
export class EventStreams implements Disposable {
  private readonly listeners = new Set<ServerResponse>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly lease: Lease) {
    this.heartbeat = setInterval(() => this.send(':\n\n'), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  get isEmpty(): boolean {
    return this.listeners.size === 0;
  }

  /**
   * Takes over a response.
   * @param onClose called when the other side has gone
   */
  open(response: ServerResponse, onClose: () => void = () => undefined): void {
    const release = this.lease.hold();
    this.listeners.add(response);
    response.once('close', () => {
      this.listeners.delete(response);
      release();
      onClose();
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

  /** @param text whole events or comments */
  send(text: string): void {
    for (const listener of this.listeners) {
      if (listener.writableLength > MAX_UNREAD_BYTES) {
        listener.destroy();
      } else {
        listener.write(text);
      }
    }
  }

  /** Ends every response. */
  dispose(): void {
    clearInterval(this.heartbeat);
    for (const listener of this.listeners) {
      listener.end();
    }
  }
}
