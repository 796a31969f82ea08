// What the change feed of a server tells, as a window of VS Code would hear it.
import { onTestFinished, vi } from 'vitest';
import { subscribeToChanges } from '../../../src/core/client/subscribeToChanges.js';
import type { StoreChange } from '../../../src/core/domain/changes.js';

/** A change with the time at which it was heard, as `Date.now()` counts. */
export interface HeardChange extends StoreChange {
  readonly at: number;
}

export interface Feed {
  readonly heard: HeardChange[];
  /** Waits for a change, among those that are heard from now on. */
  readonly next: (isIt: (change: StoreChange) => boolean) => Promise<HeardChange>;
}

/** Listens to the feed of a server until the test ends. */
export async function listenTo(uri: string): Promise<Feed> {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const heard: HeardChange[] = [];
  await new Promise<void>((opened) => {
    void subscribeToChanges(uri, {
      signal: end.signal,
      onChange: (change) => heard.push({ ...change, at: Date.now() }),
      onState: ({ kind }) => (kind === 'open' ? opened() : undefined),
    });
  });
  const next = (isIt: (change: StoreChange) => boolean): Promise<HeardChange> => {
    const from = heard.length;
    const found = (): HeardChange => {
      const change = heard.slice(from).find(isIt);
      if (change === undefined) {
        throw new Error(`Not heard of, but: ${JSON.stringify(heard.slice(from))}`);
      }
      return change;
    };
    return vi.waitFor(found, { timeout: 20_000, interval: 5 });
  };
  return { heard, next };
}

export const isEverything = (change: StoreChange): boolean => change.everything;

/** Whether a change names this run, whatever else it tells. */
export const isOfRun =
  (runId: string) =>
  (change: StoreChange): boolean =>
    change.runs.some((run) => run.runId === runId);
