import type { StoreInfo } from '../stores/storeInfo.js';

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
  /** POST: ends the server. */
  shutdown: '/api/workbench/1.0/shutdown',
} as const;

/** Who answers at an address. */
export interface ServerIdentity {
  readonly product: 'mlflow-workbench';
  readonly version: string;
  readonly pid: number;
  readonly store: StoreInfo;
}

/**
 * What a server writes into its state folder (`server.json`, mode 0600) once it listens, and what the next
 * server of the same store takes port and secret from, so that open terminals stay good.
 */
export interface ServerState {
  readonly version: string;
  readonly pid: number;
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
  | { readonly event: 'ready'; readonly uri: string; readonly state: ServerState }
  /** Another server holds this store; its state is in the state folder. */
  | { readonly event: 'occupied'; readonly storePath: string; readonly message: string }
  | { readonly event: 'failed'; readonly message: string };
