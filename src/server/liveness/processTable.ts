/** A process: its id may be another's later, so the moment of its start goes with it. */
export interface ProcessId {
  readonly pid: number;
  /** In the system's own terms. */
  readonly startedAt: string;
}

/** A text that no two processes share. */
export function processKey({ pid, startedAt }: ProcessId): string {
  return `${pid}@${startedAt}`;
}

/** What the system tells of other processes. Everything may be unknown: of other users, machines, containers. */
export interface ProcessTable {
  /**
   * The processes at the other ends of connections to a port of this machine, by the port of their end.
   * Connections whose processes cannot be told are left out.
   */
  peersOf(port: number, peerPorts: readonly number[]): Promise<ReadonlyMap<number, readonly ProcessId[]>>;
  /** The other processes that have a file open; undefined where there may be some that cannot be told. */
  holdersOf(path: string): Promise<readonly ProcessId[] | undefined>;
  isAlive(process: ProcessId): Promise<boolean>;
}

/** For systems that tell nothing. */
export const NO_PROCESS_TABLE: ProcessTable = {
  peersOf: () => Promise.resolve(new Map()),
  holdersOf: () => Promise.resolve(undefined),
  isAlive: () => Promise.resolve(true),
};
