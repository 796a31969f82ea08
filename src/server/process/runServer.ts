import { dirname } from 'node:path';
import type { Disposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import type { ServerAnnouncement, ServerState } from '../../core/wire/workbenchApi.js';
import { Artifacts } from '../artifacts/artifacts.js';
import { newSecret } from '../auth/secret.js';
import { ChangeFeed } from '../changes/changeFeed.js';
import { createServer } from '../createServer.js';
import { Lease } from '../lease.js';
import { type OpenStore, openWorkerStore } from '../sqlite/openStore.js';
import { revisionOfRelease } from '../sqlite/schemas/index.js';
import { HOST, listen } from './listen.js';
import type { ServerArguments } from './serverOptions.js';
import {
  canonicalStorePath,
  defaultStateFolder,
  prepareStateFolder,
  readFormerState,
  writeState,
} from './stateFolder.js';
import { StderrLogger } from './stderrLogger.js';
import { takeStoreLock } from './storeLock.js';

const EXIT_CODES = { ended: 0, failed: 1, wrongArguments: 2, occupied: 3 } as const;

/** How long requests may take to finish once the server ends. */
const GRACE_MS = 10_000;

export interface ProgramParts {
  /** Of this program. */
  readonly version: string;
  /** The bundled program of the store's workers. */
  readonly workerFile: string;
  announce(announcement: ServerAnnouncement): void;
}

/** Runs a server until it ends, and returns the exit code. */
export async function runServer(args: ServerArguments, parts: ProgramParts): Promise<number> {
  const storePath = canonicalStorePath(args.store);
  const stateFolder = args.stateDir ?? defaultStateFolder(storePath);
  prepareStateFolder(stateFolder);
  const lock = takeStoreLock(stateFolder);
  if (lock === undefined) {
    parts.announce({ event: 'occupied', storePath });
    return EXIT_CODES.occupied;
  }
  const logger = new StderrLogger(args.logLevel);
  logUncaught(logger);
  try {
    await serve(args, parts, { storePath, stateFolder, logger });
    return EXIT_CODES.ended;
  } catch (error) {
    logger.error(messageOf(error));
    parts.announce({ event: 'failed', message: messageOf(error) });
    return EXIT_CODES.failed;
  } finally {
    lock.dispose();
  }
}

interface Surroundings {
  readonly storePath: string;
  readonly stateFolder: string;
  readonly logger: StderrLogger;
}

async function serve(args: ServerArguments, parts: ProgramParts, around: Surroundings): Promise<void> {
  const { storePath, stateFolder, logger } = around;
  const former = readFormerState(stateFolder);
  const secret = former?.secret ?? newSecret();
  logger.hide(secret);
  const opened = await openWorkerStore({
    ...storeOptions(args, storePath, logger),
    workerFile: parts.workerFile,
    logger,
  });
  const end = createEnd();
  const lease = new Lease(args.lease ? args.idleSeconds * 1000 : undefined, () => end.now('nobody needs it'));
  const changes = new ChangeFeed(lease);
  const subscription = opened.onDidChange((change) => changes.publish(change));
  const server = createServer({
    secret,
    lease,
    changes,
    logger,
    store: opened.store,
    artifacts: artifactsOf(args, storePath),
    identity: () => ({
      product: 'mlflow-workbench',
      version: parts.version,
      pid: process.pid,
      store: opened.info(),
    }),
    shutDown: () => end.now('it was asked to'),
  });
  try {
    const port = await listen(server, args.port, former?.port);
    const state: ServerState = {
      version: parts.version,
      pid: process.pid,
      host: HOST,
      port,
      secret,
      storePath,
    };
    writeState(stateFolder, state);
    logger.info(`Serving ${storePath} at ${HOST}:${port}`);
    parts.announce({ event: 'ready', uri: `http://${HOST}:${port}/${secret}`, state });
    logger.info(`The server ends: ${await end.reason}.`);
  } finally {
    changes.dispose();
    await closeGracefully(server);
    await closeStore(opened, [subscription, lease]);
  }
}

function storeOptions(args: ServerArguments, path: string, logger: Logger) {
  const createRevision = args.revision ?? revisionFor(args.mlflowRelease, logger);
  return {
    path,
    ...(createRevision && { createRevision }),
    ...(args.serveArtifacts && { artifactRoot: 'mlflow-artifacts:/' }),
  };
}

/** A release that nothing was recorded of is no reason not to serve: an existing database does not need it. */
function revisionFor(release: string | undefined, logger: Logger): string | undefined {
  if (release === undefined) {
    return undefined;
  }
  const revision = revisionOfRelease(release);
  if (revision === undefined) {
    logger.warn(`The schema of MLflow ${release} is not known: a new database gets the newest that is.`);
  }
  return revision;
}

function artifactsOf(args: ServerArguments, storePath: string): Artifacts {
  return new Artifacts({
    storeFolder: dirname(storePath),
    approvedRoots: args.approvedRoots,
    ...(args.artifactsDestination && { proxyFolder: args.artifactsDestination }),
  });
}

/** The end of a server: by a signal, a request, or its last lease. */
function createEnd(): { readonly reason: Promise<string>; now(reason: string): void } {
  let now: (reason: string) => void = () => undefined;
  const reason = new Promise<string>((resolve) => {
    now = resolve;
  });
  process.once('SIGTERM', () => now('SIGTERM'));
  process.once('SIGINT', () => now('SIGINT'));
  return { reason, now: (text) => now(text) };
}

/** Stops listening and lets the requests under way finish. */
async function closeGracefully(server: ReturnType<typeof createServer>): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
  await server.close();
  clearTimeout(timer);
}

async function closeStore(opened: OpenStore, others: readonly Disposable[]): Promise<void> {
  others.forEach((each) => each.dispose());
  await opened.close();
}

/** What nobody expected is written down; the server goes on, since the store commits whole requests or nothing. */
function logUncaught(logger: StderrLogger): void {
  const log = (error: unknown): void =>
    logger.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
}
