import type { FastifyInstance } from 'fastify';
import type { Disposable } from '../../core/base/disposable.js';
import { readServerState } from '../../core/servers/serverState.js';
import type { ServerHolder } from '../../core/stores/serverHolder.js';
import { PROTOCOL } from '../../core/wire/protocol.js';
import { type ServerAnnouncement, type ServerState, trackingUri } from '../../core/wire/workbenchApi.js';
import { NO_CHANGE } from '../../core/domain/changes.js';
import type { MlflowStore } from '../../core/stores/mlflowStore.js';
import { ChangeFeed } from '../changes/changeFeed.js';
import { RunLeases } from '../changes/runLeases.js';
import { createServer } from '../createServer.js';
import { CONNECTION_BOUNDS } from '../connectionBounds.js';
import { systemProcessTable } from '../liveness/linuxProcessTable.js';
import { LivenessTracker } from '../liveness/livenessTracker.js';
import { StandAside } from '../standAside.js';
import { Lease } from '../lease.js';
import { type OpenStore, openWorkerStore } from '../sqlite/openStore.js';
import { type Listening, listenForStore } from './addressOfStore.js';
import { artifactsOf, storeOptionsOf } from './configuration.js';
import type { EndOfServer } from './endOfServer.js';
import { GracefulEnd } from './gracefulEnd.js';
import { HOST } from './listen.js';
import type { ServerArguments } from './serverOptions.js';
import type { Access } from './sharedStore.js';
import { writeState } from './stateFolder.js';
import type { StderrLogger } from './stderrLogger.js';

export interface ProgramParts {
  /** Of this program. */
  readonly version: string;
  /** The bundled program of the store's workers, as text. */
  readonly workerCode: string;
  announce(announcement: ServerAnnouncement): void;
}

export interface Surroundings {
  readonly storePath: string;
  readonly stateFolder: string;
  readonly logger: StderrLogger;
  readonly end: EndOfServer;
  /** Who this server is. */
  readonly self: ServerHolder;
  /** What this server may do with the store, beside those of other machines. */
  readonly access: Access;
}

/** A server that is not listened to yet. */
interface Made {
  readonly server: FastifyInstance;
  readonly graceful: GracefulEnd;
}

/**
 * Serves a store until the end, or until it may do more or less with it than before. Whoever calls it holds the
 * store's lock.
 */
export async function serve(args: ServerArguments, parts: ProgramParts, around: Surroundings): Promise<void> {
  const { storePath, stateFolder, logger, self, end } = around;
  const opened = await openStore(args, parts, around);
  const lease = new Lease(args.lease ? args.idleSeconds * 1000 : undefined, () => end.now('nobody needs it'));
  const changes = new ChangeFeed(lease);
  const runLeases = new RunLeases(lease);
  const liveness = livenessOf(args, opened.store, changes, around);
  lease.heedSilent(() => liveness.hasClients);
  const subscription = opened.onDidChange((change) => {
    changes.publish(change);
    liveness.storeChanged(change);
  });
  const standAside = new StandAside(opened.file, opened.info, lease);
  const make = (secret: string | undefined): Made => {
    if (secret !== undefined) {
      logger.hide(secret);
    }
    const server = createServer({
      secret,
      lease,
      changes,
      runLeases,
      liveness,
      logger,
      store: opened.store,
      file: opened.file,
      standAside,
      artifacts: artifactsOf(args, storePath),
      identity: () => ({
        product: 'mlflow-workbench',
        ...self,
        protocol: PROTOCOL,
        endsByItself: args.lease,
        store: opened.info(),
      }),
      shutDown: () => end.now('it was asked to'),
    });
    return { server, graceful: new GracefulEnd(server) };
  };
  let listening: Listening<Made> | undefined;
  try {
    listening = await listenForStore(args, await readServerState(stateFolder), make, logger);
    const { port, secret = '' } = listening;
    const state: ServerState = { ...self, host: HOST, port, secret, storePath };
    writeState(stateFolder, state);
    await served(state, listening.lostPort, parts, around);
  } finally {
    changes.dispose();
    runLeases.dispose();
    standAside.dispose();
    await listening?.made.graceful.close();
    await closeStore(opened, [subscription, liveness, lease]);
  }
}

async function openStore(
  args: ServerArguments,
  { workerCode }: ProgramParts,
  around: Surroundings,
): Promise<OpenStore> {
  const { storePath, logger } = around;
  const { servedBy } = around.access;
  const options = storeOptionsOf(args, around);
  const opened = await openWorkerStore({ ...options, ...(servedBy && { servedBy }), workerCode, logger });
  if (args.readOnly && !opened.info().exists) {
    await opened.close();
    throw new Error(`There is no database at ${storePath}, and --read-only makes none.`);
  }
  if (args.noSecret) {
    logger.warn(
      'The address has no secret: every user and program of this machine can read and write the store.',
    );
  }
  return opened;
}

function livenessOf(
  args: ServerArguments,
  store: MlflowStore,
  changes: ChangeFeed,
  { storePath, logger }: Surroundings,
): LivenessTracker {
  return new LivenessTracker({
    store,
    storePath,
    logger,
    table: systemProcessTable(),
    graceMs: args.livenessGraceSeconds * 1000,
    keptConnections: CONNECTION_BOUNDS.kept,
    hasListeners: () => changes.hasListeners,
    onDidChange: () => changes.publish({ ...NO_CHANGE, liveness: true }),
  });
}

async function served(
  state: ServerState,
  lostPort: number | undefined,
  parts: ProgramParts,
  { logger, end, access }: Surroundings,
): Promise<void> {
  logger.info(`Serving ${state.storePath} at ${state.host}:${state.port}`);
  const lost = lostPort !== undefined && { lostPort };
  parts.announce({ event: 'ready', uri: trackingUri(state), state, ...lost });
  logger.info(`The server ends: ${await Promise.race([end.reason, access.changed])}.`);
}

async function closeStore(opened: OpenStore, others: readonly Disposable[]): Promise<void> {
  others.forEach((each) => each.dispose());
  await opened.close();
}
