import type { ServerResponse } from 'node:http';
import type { Disposable } from '../../core/base/disposable.js';
import type { Lease } from '../lease.js';
import { EventStreams } from './eventStreams.js';

/**
 * Leases that are held for runs. The connection is the lease: it ends with the process that holds it, also when that
 * is killed, so nobody has to guess from a time whether a run is still watched over.
 */
export class RunLeases implements Disposable {
  private readonly streams: EventStreams;
  private readonly holders = new Map<string, number>();

  constructor(lease: Lease) {
    this.streams = new EventStreams(lease);
  }

  /** The runs that somebody holds a lease for. */
  get runIds(): readonly string[] {
    return [...this.holders.keys()];
  }

  /** Takes over a response: a lease for the run until its other side goes away. */
  serve(runId: string, response: ServerResponse): void {
    this.count(runId, 1);
    this.streams.open(response, () => this.count(runId, -1));
  }

  private count(runId: string, difference: number): void {
    const holders = (this.holders.get(runId) ?? 0) + difference;
    if (holders === 0) {
      this.holders.delete(runId);
    } else {
      this.holders.set(runId, holders);
    }
  }

  dispose(): void {
    this.streams.dispose();
  }
}
