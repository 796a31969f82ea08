import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { clientKindOf } from './clientKind.js';
import type { KnownProcesses } from './knownProcesses.js';
import type { ProcessTable } from './processTable.js';
import type { RunWriters, WritingConnection } from './runWriters.js';

/** Connections that begin to write within this time are looked up together. */
const GATHER_MS = 200;
/** A pass over all processes is not made more often than that. */
const BETWEEN_LOOKUPS_MS = 1_000;
/** The system finds out after this time that the other end of a silent connection is no more. */
const PROBE_AFTER_MS = 60_000;

export interface WriterConnectionsOptions {
  readonly writers: RunWriters;
  readonly processes: KnownProcesses;
  readonly table: ProcessTable;
  /** How many silent connections are kept for the sake of what their end tells. */
  readonly keptMax: number;
  /** Called when a connection was closed or its processes became known. */
  readonly onDidChange: () => void;
}

/** The sockets over which clients write to runs. */
export class WriterConnections {
  private readonly connections = new Map<Socket, WritingConnection>();
  /** By the ports of both ends: a closed socket tells them no more. */
  private readonly unidentified = new Map<
    WritingConnection,
    { readonly port: number; readonly peer: number }
  >();
  private readonly kept = new Set<Socket>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: WriterConnectionsOptions) {}

  /** Notes that a request has written to a run. */
  wrote(runId: string, { socket, headers }: IncomingMessage): void {
    const now = Date.now();
    this.kept.delete(socket);
    const known = this.connections.get(socket);
    const kind = known?.kind ?? clientKindOf(headers['user-agent']);
    const tells = (kind === 'python' || kind === 'mlflow') && !socket.destroyed;
    const connection = known ?? (tells ? this.follow(socket, kind) : undefined);
    this.options.writers.wrote(runId, kind, connection, now);
  }

  /**
   * Whether a connection that has been silent for long stays open: while a run is not ended that was written to
   * over it, since its end tells of the end of the process, and while there are not too many of them.
   */
  keeps(socket: Socket): boolean {
    const connection = this.connections.get(socket);
    if (connection === undefined || !this.options.writers.isNeeded(connection)) {
      return false;
    }
    if (!this.kept.has(socket) && this.kept.size >= this.options.keptMax) {
      return false;
    }
    this.kept.add(socket);
    return true;
  }

  /** Whether there is one of a run that is not ended: a script that trains may be silent for hours. */
  get areNeeded(): boolean {
    return [...this.connections.values()].some((each) => this.options.writers.isNeeded(each));
  }

  private follow(socket: Socket, kind: WritingConnection['kind']): WritingConnection {
    const connection: WritingConnection = { kind, runs: new Set() };
    this.connections.set(socket, connection);
    socket.setKeepAlive(true, PROBE_AFTER_MS);
    let byClient = false;
    // Before the HTTP server's own listener, which answers by closing this side.
    const otherSideEnds = (): void => {
      byClient ||= !socket.writableEnded;
    };
    socket.prependListener('end', otherSideEnds);
    socket.prependListener('error', otherSideEnds);
    socket.once('close', () => {
      this.connections.delete(socket);
      this.kept.delete(socket);
      this.options.writers.closed(connection, byClient, Date.now());
      this.options.onDidChange();
    });
    const { localPort, remotePort } = socket;
    if (localPort !== undefined && remotePort !== undefined) {
      this.unidentified.set(connection, { port: localPort, peer: remotePort });
      this.identifySoon(GATHER_MS);
    }
    return connection;
  }

  private identifySoon(wait: number): void {
    this.timer ??= setTimeout(() => void this.identify(), wait).unref();
  }

  private async identify(): Promise<void> {
    const wanted = [...this.unidentified];
    this.unidentified.clear();
    const port = wanted[0]?.[1].port ?? 0;
    const peers = await this.options.table
      .peersOf(
        port,
        wanted.map(([, { peer }]) => peer),
      )
      .catch(() => new Map<number, never>());
    for (const [connection, { peer }] of wanted) {
      const processes = peers.get(peer)?.map((id) => this.options.processes.get(id, Date.now()));
      if (processes !== undefined) {
        this.options.writers.identified(connection, processes);
      }
    }
    this.options.onDidChange();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.unidentified.size > 0) {
        this.identifySoon(0);
      }
    }, BETWEEN_LOOKUPS_MS).unref();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
