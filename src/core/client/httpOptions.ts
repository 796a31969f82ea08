import type { Logger } from '../base/logger.js';

/** How to reach a server. */
export interface HttpOptions {
  /** Its tracking URI, with the path that it may be behind. */
  readonly uri: string;
  /** Sent with every request, such as Authorization. Never sent to another origin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends every request under way, and refuses new ones. */
  readonly signal?: AbortSignal;
  /** How long an answer may take, in milliseconds; 30 s where absent. */
  readonly timeoutMs?: number;
  /** How often a request that may be repeated is repeated; 4 where absent. */
  readonly retries?: number;
  readonly logger?: Logger;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the server's URI, with a leading slash. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Beside those of the options. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it only reads, and so may be repeated when nobody knows whether it arrived. */
  readonly reads: boolean;
  readonly signal?: AbortSignal;
  /** How many bytes the answer may have. */
  readonly maxBytes?: number;
}
