import type { ServerHolder } from '../stores/serverHolder.js';
import type { Backup, KnownRevision, StoreInfo } from '../stores/storeInfo.js';
import type { Protocol } from './protocol.js';

/**
 * What this project's server answers beside MLflow's API. Another server answers these paths with 404, and
 * that is how a client finds out.
 */
export const WORKBENCH_PATHS = {
  /** GET: {@link ServerIdentity}. */
  identity: '/api/workbench/1.0/identity',
  /** GET, `?run_id=&points=`: `{"metrics": [...]}`, one entry for each metric. */
  metricSummaries: '/api/workbench/1.0/runs/metric-summaries',
  /** GET: `{"runs": [...]}`, a RunLiveness for each run that is RUNNING. */
  runLiveness: '/api/workbench/1.0/runs/liveness',
  /** GET: server-sent events, each `data:` a StoreChange. Holding it open is a lease on the server. */
  changes: '/api/workbench/1.0/changes',
  /**
   * GET, `?run_id=`: server-sent events without data. Holding it open is a lease on the server for that run: whoever
   * watches over the run holds it, and the system lets go of it when that process ends, however it ends.
   */
  runLease: '/api/workbench/1.0/runs/lease',
  /** GET: `{"run_ids": [...]}`, the runs that somebody holds a lease for. */
  leasedRuns: '/api/workbench/1.0/runs/leased',
  /**
   * POST `{"wanted": bool, "now": bool}`, both optional: whether backups are made before the first write to a database
   * that was not made here, and whether to begin with one now. Answers {@link StoreInfo}, which says how it goes.
   */
  backup: '/api/workbench/1.0/backup',
  /**
   * POST: server-sent events, each `data:` a {@link StandAsideEvent}. The server makes a backup and then stays away
   * from the database as long as the connection is held; requests wait, or are answered 503.
   */
  standAside: '/api/workbench/1.0/stand-aside',
  /** GET: `{"revisions": [...]}`, each a {@link KnownRevision}, oldest first. */
  revisions: '/api/workbench/1.0/revisions',
  /** POST: ends the server after the requests under way. */
  shutdown: '/api/workbench/1.0/shutdown',
} as const;

/** How a server stands aside. Nobody else touches the database from `away` to the end of the connection. */
export type StandAsideEvent =
  | { readonly kind: 'backup'; readonly fraction: number }
  | { readonly kind: 'away'; readonly backup: Backup }
  | { readonly kind: 'failed'; readonly message: string };

/** What is known of MLflow's schemas. */
export interface KnownRevisions {
  readonly revisions: readonly KnownRevision[];
}

/** Who answers at an address. */
export interface ServerIdentity extends ServerHolder {
  readonly product: 'mlflow-workbench';
  readonly protocol: Protocol;
  /** Whether it ends by itself when nobody needs it. One that does not was started by hand, and is nobody else's. */
  readonly endsByItself: boolean;
  readonly store: StoreInfo;
}

/**
 * What a server writes into its state folder (`server.json`, mode 0600) once it listens, and what the next
 * server of the same store takes port and secret from, so that open terminals stay good.
 */
export interface ServerState extends ServerHolder {
  /** The address that it listens at, with the port. */
  readonly host: string;
  readonly port: number;
  /** Empty where the address has none. */
  readonly secret: string;
  readonly storePath: string;
}

/** The tracking URI of a server of ours: its secret is the path. */
export function trackingUri({ host, port, secret }: ServerState): string {
  return `http://${host}:${port}${secret && `/${secret}`}`;
}

/** The first line that a server prints: where it listens, or why it does not. */
export type ServerAnnouncement =
  | {
      readonly event: 'ready';
      readonly uri: string;
      readonly state: ServerState;
      /** The former port, where another program has it now: terminals that were opened before have a dead address. */
      readonly lostPort?: number;
    }
  /** Another server holds this store; its state is in the state folder. */
  | { readonly event: 'occupied'; readonly storePath: string; readonly message: string }
  | { readonly event: 'failed'; readonly message: string };
