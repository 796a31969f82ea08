// The tracking server's HTTP side in this process, over a new store in a folder of its own.
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Logger, SILENT_LOGGER } from '../../src/core/base/logger.js';
import { HttpClient } from '../../src/core/client/httpClient.js';
import { Artifacts } from '../../src/server/artifacts/artifacts.js';
import { newSecret } from '../../src/server/auth/secret.js';
import { PROTOCOL } from '../../src/core/wire/protocol.js';
import { ChangeFeed } from '../../src/server/changes/changeFeed.js';
import { RunLeases } from '../../src/server/changes/runLeases.js';
import { NO_CHANGE } from '../../src/core/domain/changes.js';
import { CONNECTION_BOUNDS, type ConnectionBounds } from '../../src/server/connectionBounds.js';
import { createServer } from '../../src/server/createServer.js';
import { LivenessTracker } from '../../src/server/liveness/livenessTracker.js';
import { NO_PROCESS_TABLE, type ProcessTable } from '../../src/server/liveness/processTable.js';
import { StandAside } from '../../src/server/standAside.js';
import { Lease } from '../../src/server/lease.js';
import { openInlineStore } from '../../src/server/sqlite/openInlineStore.js';
import type { OpenStore } from '../../src/server/sqlite/openStore.js';
import { makeTemporaryFolder } from './temporaryFolder.js';

export interface InProcessServer {
  /** With the secret. */
  readonly uri: string;
  readonly port: number;
  /** Empty where there is none. */
  readonly secret: string;
  /** Where the database and `mlruns` are. */
  readonly folder: string;
  readonly opened: OpenStore;
  readonly app: FastifyInstance;
  readonly client: HttpClient;
  stop(): Promise<void>;
}

export interface InProcessOptions {
  readonly serveArtifacts?: boolean;
  readonly approvedRoots?: readonly string[];
  readonly logger?: Logger;
  /** Whether the address has no secret part. */
  readonly noSecret?: boolean;
  /** Instead of the usual ones. */
  readonly bounds?: ConnectionBounds;
  /** What the system tells of processes; nothing where absent. */
  readonly processTable?: ProcessTable;
  /** How long after the end of its process a run is given time; 10 s where absent. */
  readonly graceMs?: number;
}

export async function startInProcessServer(options: InProcessOptions = {}): Promise<InProcessServer> {
  const { serveArtifacts = false, approvedRoots = [], logger = SILENT_LOGGER } = options;
  const folder = makeTemporaryFolder();
  const opened = openInlineStore({
    path: join(folder.path, 'mlflow.db'),
    ...(serveArtifacts && { artifactRoot: 'mlflow-artifacts:/' }),
  });
  const secret = options.noSecret ? '' : newSecret();
  const lease = new Lease(undefined, () => undefined);
  const changes = new ChangeFeed(lease);
  const runLeases = new RunLeases(lease);
  const subscription = opened.onDidChange((change) => changes.publish(change));
  const liveness = new LivenessTracker({
    store: opened.store,
    storePath: join(folder.path, 'mlflow.db'),
    table: options.processTable ?? NO_PROCESS_TABLE,
    graceMs: options.graceMs ?? 10_000,
    keptConnections: (options.bounds ?? CONNECTION_BOUNDS).kept,
    logger,
    hasListeners: () => changes.hasListeners,
    onDidChange: () => changes.publish({ ...NO_CHANGE, liveness: true }),
  });
  const liveSubscription = opened.onDidChange((change) => liveness.storeChanged(change));
  const parts = {
    secret: options.noSecret ? undefined : secret,
    lease,
    changes,
    runLeases,
    liveness,
    logger,
    store: opened.store,
    file: opened.file,
    standAside: new StandAside(opened.file, opened.info, lease),
    artifacts: new Artifacts({ storeFolder: folder.path, approvedRoots }),
    identity: () => ({
      product: 'mlflow-workbench' as const,
      version: '0.0.0',
      pid: process.pid,
      hostName: 'here',
      protocol: PROTOCOL,
      endsByItself: false,
      store: opened.info(),
    }),
    shutDown: () => undefined,
  };
  const server = createServer(parts, options.bounds);
  const address = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
  const uri = options.noSecret ? address.origin : `${address.origin}/${secret}`;
  return {
    uri,
    port: Number(address.port),
    secret,
    folder: folder.path,
    opened,
    app: server,
    client: new HttpClient({ uri, retries: 0 }),
    stop: async () => {
      changes.dispose();
      runLeases.dispose();
      subscription.dispose();
      liveSubscription.dispose();
      liveness.dispose();
      server.server.closeAllConnections();
      await server.close();
      await opened.close();
      folder.remove();
    },
  };
}
