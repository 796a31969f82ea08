// The tracking server's HTTP side in this process, over a new store in a folder of its own.
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Logger, SILENT_LOGGER } from '../../src/core/base/logger.js';
import { HttpClient } from '../../src/core/client/httpClient.js';
import { Artifacts } from '../../src/server/artifacts/artifacts.js';
import { newSecret } from '../../src/server/auth/secret.js';
import { ChangeFeed } from '../../src/server/changes/changeFeed.js';
import type { ConnectionBounds } from '../../src/server/connectionBounds.js';
import { createServer } from '../../src/server/createServer.js';
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
  const subscription = opened.onDidChange((change) => changes.publish(change));
  const parts = {
    secret: options.noSecret ? undefined : secret,
    lease,
    changes,
    logger,
    store: opened.store,
    file: opened.file,
    standAside: new StandAside(opened.file, opened.info, lease),
    artifacts: new Artifacts({ storeFolder: folder.path, approvedRoots }),
    identity: () => ({
      product: 'mlflow-workbench' as const,
      version: '0.0.0',
      pid: process.pid,
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
      subscription.dispose();
      server.server.closeAllConnections();
      await server.close();
      await opened.close();
      folder.remove();
    },
  };
}
