import type { HttpCall } from './httpOptions.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** What the server could not do just now, as opposed to what is wrong with the request. */
const PASSING = new Set([429, 502, 503, 504]);

/** Whether a request may be sent again after an answer of this status. Only 429 says that nothing was done. */
export function mayRetryStatus(call: HttpCall, status: number): boolean {
  return call.reads ? PASSING.has(status) : status === 429;
}

/** Whether a request may be sent again after no answer came: a write may have been done all the same. */
export function mayRetryFailure(call: HttpCall, error: unknown): boolean {
  return call.reads || wasNotSent(error);
}

/** Nobody listened, so nobody has read anything. */
function wasNotSent(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED' || cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN';
}

/**
 * How long to wait before a repetition: twice as long each time, with jitter so that many clients do not come
 * back at once, or as long as the server asks for.
 * @param attempt 0 for the first repetition
 */
export function pauseBefore(attempt: number, retryAfter: string | null): number {
  const asked = Number(retryAfter ?? NaN) * 1000;
  if (asked >= 0) {
    return Math.min(asked, LONGEST_PAUSE_MS);
  }
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  return pause * (0.5 + Math.random() / 2);
}

/** Waits, or fails as soon as the signal says so. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('The request was cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    if (signal?.aborted) {
      abort();
    } else {
      signal?.addEventListener('abort', abort, { once: true });
    }
  });
}
