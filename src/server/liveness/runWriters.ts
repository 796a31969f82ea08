import type { RunProcess } from '../../core/domain/runLiveness.js';
import type { ClientKind } from './clientKind.js';
import type { KnownProcess } from './knownProcesses.js';

/** An open connection of a client that has written to runs. */
export interface WritingConnection {
  readonly kind: 'python' | 'mlflow';
  readonly runs: Set<string>;
  /** At its other end, where the system tells; more than one where it was inherited. */
  processes?: readonly KnownProcess[];
}

/** What is known of those who write to a run. */
interface RunRecord {
  lastWrite: number;
  readonly open: Set<WritingConnection>;
  readonly processes: Set<KnownProcess>;
  /** Those that had the database open when the run was written to without a connection; one of them did it. */
  readonly candidates: Set<KnownProcess>;
  /** When the last connection was closed by a process of which nothing but its connections is known. */
  closedAt?: number;
  /** Connections that were open when that happened, where they are enough to be all that a client keeps. */
  openBeside: readonly WritingConnection[];
  /** Whether somebody wrote whose end would not be noticed. */
  isUnsure: boolean;
}

/** As many connections MLflow's client keeps at most; of more at a time it closes those that are left over. */
const POOL_SIZE = 10;
/** Writes are noticed some time after they were made: their process may have ended meanwhile. */
const RECENT_MS = 10_000;
/** Runs beyond this many are forgotten, those that were written to first. */
const RUNS_MAX = 20_000;

const ALIVE: RunProcess = { kind: 'alive' };
const UNKNOWN: RunProcess = { kind: 'unknown' };

/**
 * Who writes to which run, and what that tells of runs that are not ended. It errs on the side of life: a run counts
 * as gone only when everybody who was seen writing to it is known to have ended.
 */
export class RunWriters {
  private readonly runs = new Map<string, RunRecord>();
  private readonly connections = new Set<WritingConnection>();

  /** @param graceMs how long after the end of the last process a run is still given time to be ended by others */
  constructor(private readonly graceMs: number) {}

  /**
   * Notes a write over a connection.
   * @param connection undefined where it tells nothing, by `kind`
   */
  wrote(runId: string, kind: ClientKind, connection: WritingConnection | undefined, now: number): void {
    const record = this.recordOf(runId, now);
    record.lastWrite = now;
    if (connection !== undefined) {
      this.connections.add(connection);
      connection.runs.add(runId);
      record.open.add(connection);
      connection.processes?.forEach((each) => record.processes.add(each));
    } else if (kind !== 'workbench') {
      record.isUnsure = true;
    }
  }

  /** Notes who is at the other end of a connection, which may be closed by now. */
  identified(connection: WritingConnection, processes: readonly KnownProcess[]): void {
    connection.processes = processes;
    for (const runId of connection.runs) {
      const record = this.runs.get(runId);
      processes.forEach((each) => record?.processes.add(each));
    }
  }

  /**
   * Notes that a run was written to without a connection, straight into the database.
   * @param processes that may have done it; undefined where there may be others that cannot be seen
   */
  wroteDirectly(runId: string, processes: readonly KnownProcess[] | undefined, now: number): void {
    const record = this.recordOf(runId, now);
    record.lastWrite = now;
    processes?.forEach((each) => record.candidates.add(each));
    // Nobody to be seen: somebody known who has ended since, or a stranger.
    record.isUnsure ||= processes === undefined || processesOf(record).length === 0;
    // Whoever ended long before has not done it.
    const suspects = [...record.candidates].filter((each) => !hasEndedBefore(each, now - RECENT_MS));
    if (suspects.length > 0) {
      record.candidates.clear();
      suspects.forEach((each) => record.candidates.add(each));
    }
  }

  /** @param byClient whether the other side closed it first, which is what the end of a process does */
  closed(connection: WritingConnection, byClient: boolean, now: number): void {
    this.connections.delete(connection);
    const tells = byClient && connection.kind === 'python';
    const others = [...this.connections].filter(({ kind }) => kind === 'python');
    const beside = others.length < POOL_SIZE ? [] : others;
    for (const runId of connection.runs) {
      const record = this.runs.get(runId);
      record?.open.delete(connection);
      if (record === undefined || connection.processes !== undefined) {
        continue;
      }
      if (tells) {
        record.closedAt = now;
        record.openBeside = beside;
      } else {
        record.isUnsure = true;
      }
    }
  }

  /** Forgets all runs but these, as those that have ended. */
  retain(runIds: ReadonlySet<string>, now: number): void {
    for (const [runId, record] of this.runs) {
      // What was made since those were read is not among them.
      if (!runIds.has(runId) && now - record.lastWrite > this.graceMs) {
        this.forget(runId);
      }
    }
  }

  /** Forgets a run, as one that has ended. */
  forget(runId: string): void {
    this.runs.get(runId)?.open.forEach((connection) => connection.runs.delete(runId));
    this.runs.delete(runId);
  }

  /** Whether a connection is the one of somebody behind a run that has not ended. */
  isNeeded(connection: WritingConnection): boolean {
    return connection.runs.size > 0;
  }

  lastWriteOf(runId: string): number | undefined {
    return this.runs.get(runId)?.lastWrite;
  }

  /** Whether a process is known that may just have written to a run. */
  hasSuspect(runId: string, now: number): boolean {
    const record = this.runs.get(runId);
    return record !== undefined && processesOf(record).some((each) => !hasEndedBefore(each, now - RECENT_MS));
  }

  /** The processes of all runs. */
  processes(): Set<KnownProcess> {
    const all = [...this.runs.values()].flatMap(processesOf);
    return new Set([...all, ...[...this.connections].flatMap(({ processes = [] }) => processes)]);
  }

  /** What is known of the processes of a run. */
  processOf(runId: string, now: number): RunProcess {
    const record = this.runs.get(runId);
    if (record === undefined) {
      return UNKNOWN;
    }
    const ends = processesOf(record).flatMap(({ endedAt }) => endedAt ?? []);
    if (record.open.size > 0 || [...record.processes].some(isLiving)) {
      return ALIVE;
    }
    if ([...record.candidates].some(isLiving)) {
      // With one of several gone it may have been the one behind the run.
      return ends.length === 0 ? ALIVE : UNKNOWN;
    }
    const endedAt = Math.max(record.closedAt ?? -Infinity, ...ends);
    if (record.isUnsure || this.mayBeLeftOver(record) || endedAt === -Infinity) {
      return UNKNOWN;
    }
    return now - Math.max(endedAt, record.lastWrite) < this.graceMs ? ALIVE : { kind: 'gone', endedAt };
  }

  /** Whether the closed connection may be one that a living client had no room for. */
  private mayBeLeftOver({ closedAt, openBeside }: RunRecord): boolean {
    return (
      closedAt !== undefined &&
      openBeside.filter((connection) => this.connections.has(connection)).length >= POOL_SIZE
    );
  }

  private recordOf(runId: string, now: number): RunRecord {
    const known = this.runs.get(runId);
    if (known !== undefined) {
      return known;
    }
    const [oldest] = this.runs.keys();
    if (this.runs.size >= RUNS_MAX && oldest !== undefined) {
      this.forget(oldest);
    }
    const record: RunRecord = {
      lastWrite: now,
      open: new Set(),
      processes: new Set(),
      candidates: new Set(),
      openBeside: [],
      isUnsure: false,
    };
    this.runs.set(runId, record);
    return record;
  }
}

function processesOf({ processes, candidates }: RunRecord): KnownProcess[] {
  return [...processes, ...candidates];
}

function isLiving({ endedAt }: KnownProcess): boolean {
  return endedAt === undefined;
}

function hasEndedBefore({ endedAt }: KnownProcess, time: number): boolean {
  return endedAt !== undefined && endedAt < time;
}
