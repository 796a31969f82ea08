/** What one connection may take, and how many there may be. */
export interface ConnectionBounds {
  readonly connections: number;
  /** Of a request's line and headers together. */
  readonly headerBytes: number;
  readonly headers: number;
  /** How long the line and the headers may take. */
  readonly headersMs: number;
  /** For a whole request; artifacts may be large, and disks slow. */
  readonly requestMs: number;
  /** Without a byte either way. The change feed sends some more often than that. */
  readonly idleMs: number;
  /** How many of those without a byte stay open, because their end tells of the end of a run's process. */
  readonly kept: number;
  /** How long the rest of a body is taken that nobody reads, so that an answer is not lost. */
  readonly lingerMs: number;
  /** How often the times of open connections are looked at. */
  readonly checkEveryMs: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = {
  connections: 512,
  headerBytes: 32_768,
  headers: 200,
  headersMs: 15_000,
  requestMs: 600_000,
  idleMs: 60_000,
  kept: 256,
  lingerMs: 5_000,
  checkEveryMs: 5_000,
};
