import { constants } from 'node:os';

/** The end of a server: by a signal, a request, or its last lease. */
export interface EndOfServer {
  /** Why it ends, once it shall. */
  readonly reason: Promise<string>;
  readonly isAsked: boolean;
  now(reason: string): void;
}

/** SIGHUP comes when the terminal is closed. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Waits for the end. The first signal asks for it; whoever sends a second one does not want to wait. */
export function endOfServer(): EndOfServer {
  let resolve: (reason: string) => void = () => undefined;
  const reason = new Promise<string>((resolved) => {
    resolve = resolved;
  });
  let isAsked = false;
  const now = (text: string): void => {
    isAsked = true;
    resolve(text);
  };
  let wasSignalled = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (wasSignalled) {
        process.exit(128 + constants.signals[signal]);
      }
      wasSignalled = true;
      now(signal);
    });
  }
  return {
    reason,
    now,
    get isAsked() {
      return isAsked;
    },
  };
}
