import { messageOf, MlflowError } from '../base/errors.js';
import type { StoreChange } from '../domain/changes.js';
import { WORKBENCH_PATHS } from '../wire/workbenchApi.js';
import { storeChangeFromJson } from '../wire/workbenchJson.js';
import { eventData } from './eventStream.js';
import { HttpClient } from './httpClient.js';
import { sleep } from './retry.js';

/** How a subscription is doing. Between two times `open`, changes may have been missed. */
export type FeedState =
  | { readonly kind: 'open' }
  /** The connection broke; another is tried. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** No other is tried: the server cannot be reached any more or has no such feed. */
  | { readonly kind: 'ended'; readonly reason: string };

export interface ChangeSubscription {
  /** Ends the subscription, without another state. */
  readonly signal: AbortSignal;
  onChange(change: StoreChange): void;
  onState(state: FeedState): void;
  /** How often in a row to try again before giving up; 5 where absent. */
  readonly attempts?: number;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
/** The server sends something every 15 s. */
const SILENCE_MS = 45_000;
const MAX_EVENT_LENGTH = 10_000_000;

/** Follows the change feed of this project's server at a tracking URI until the signal ends it or it is gone. */
export async function subscribeToChanges(uri: string, subscription: ChangeSubscription): Promise<void> {
  const { signal } = subscription;
  const most = subscription.attempts ?? ATTEMPTS;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await follow(uri, subscription, () => (failures = 0));
      throw new Error('The server ended the feed.');
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      failures += 1;
      if (failures >= most || isFinal(error)) {
        subscription.onState({ kind: 'ended', reason: messageOf(error) });
        return;
      }
      subscription.onState({ kind: 'lost', reason: messageOf(error) });
      await sleep(FIRST_PAUSE_MS * 2 ** (failures - 1), signal).catch(() => undefined);
    }
  }
}

async function follow(uri: string, subscription: ChangeSubscription, onOpen: () => void): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([subscription.signal, silence.signal]);
  const client = new HttpClient({ uri, retries: 0, signal });
  const response = await client.send({ method: 'GET', path: WORKBENCH_PATHS.changes, reads: true });
  onOpen();
  subscription.onState({ kind: 'open' });
  const watchdog = new Watchdog(SILENCE_MS, () => silence.abort(new Error('The feed has fallen silent.')));
  try {
    for await (const data of eventData(watchdog.watch(response), MAX_EVENT_LENGTH)) {
      subscription.onChange(storeChangeFromJson(JSON.parse(data)));
    }
  } finally {
    watchdog.stop();
  }
}

/** An answer that says that another attempt would be answered alike. */
function isFinal(error: unknown): boolean {
  return MlflowError.is(error) && error.code !== 'TEMPORARILY_UNAVAILABLE' && error.code !== 'INTERNAL_ERROR';
}

/** Acts when nothing has come for too long. */
class Watchdog {
  private timer: NodeJS.Timeout;

  constructor(
    private readonly milliseconds: number,
    private readonly act: () => void,
  ) {
    this.timer = setTimeout(act, milliseconds);
  }

  async *watch(response: Response): AsyncGenerator<Uint8Array> {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.act, this.milliseconds);
      yield chunk;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
