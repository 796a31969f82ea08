// Clients that write to a server until it is killed.
import { setTimeout as sleep } from 'node:timers/promises';
import { createRun } from '../api.js';
import { type Proof, Refused, WRITE_KINDS } from './writeKinds.js';

const CLIENTS = 6;

/** Everything that was acknowledged, over all rounds. */
export class Writers {
  readonly proofs: Proof[] = [];
  /** How often each kind of write was acknowledged. */
  readonly counts = new Map<string, number>();
  private number = 0;
  private isOver = false;

  /** Starts to write; the result ends when the server is gone. Fails for an answer that should not be. */
  async write(uri: string): Promise<void> {
    this.isOver = false;
    await Promise.all(Array.from({ length: CLIENTS }, (_, index) => this.writeAs(uri, index)));
  }

  /** From now on a request that fails is no surprise. */
  expectEnd(): void {
    this.isOver = true;
  }

  /** Waits until so many more writes were acknowledged. */
  async acknowledged(more: number): Promise<void> {
    const wanted = this.proofs.length + more;
    while (this.proofs.length < wanted) {
      await sleep(2);
    }
  }

  private async writeAs(uri: string, client: number): Promise<void> {
    let runId: string | undefined;
    for (let turn = client; ; turn += 1) {
      try {
        runId ??= await createRun(uri);
        await this.writeOnce(uri, runId, turn);
      } catch (error) {
        if (error instanceof Refused || (!this.isOver && !isBrokenConnection(error))) {
          throw error;
        }
        if (this.isOver) {
          return;
        }
      }
    }
  }

  private async writeOnce(uri: string, runId: string, turn: number): Promise<void> {
    const kind = WRITE_KINDS[turn % WRITE_KINDS.length];
    if (kind !== undefined) {
      this.number += 1;
      const proof = await kind.write({ uri, runId, number: this.number });
      this.proofs.push(proof);
      this.counts.set(kind.name, (this.counts.get(kind.name) ?? 0) + 1);
    }
  }
}

/** A connection to the server before this one, which `fetch` had kept. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError && error.cause !== undefined;
}
