import type { Disposable } from '../../core/base/disposable.js';
import { type ServerAnnouncement, type ServerState, trackingUri } from '../../core/wire/workbenchApi.js';
import { newSecret } from '../auth/secret.js';
import { ChangeFeed } from '../changes/changeFeed.js';
import { createServer } from '../createServer.js';
import { StandAside } from '../standAside.js';
import { Lease } from '../lease.js';
import { type OpenStore, openWorkerStore } from '../sqlite/openStore.js';
import { artifactsOf, storeOptionsOf } from './configuration.js';
import { type EndOfServer, endOfServer } from './endOfServer.js';
import { GracefulEnd } from './gracefulEnd.js';
import { HOST, listen } from './listen.js';
import { secretOfFile } from './secretFile.js';
import type { ServerArguments } from './serverOptions.js';
import { type FormerState, readFormerState, writeState } from './stateFolder.js';
import type { StderrLogger } from './stderrLogger.js';

export interface ProgramParts {
  /** Of this program. */
  readonly version: string;
  /** The bundled program of the store's workers. */
  readonly workerFile: string;
  announce(announcement: ServerAnnouncement): void;
}

export interface Surroundings {
  readonly storePath: string;
  readonly stateFolder: string;
  readonly logger: StderrLogger;
}

/** Serves a store until the end. Whoever calls it holds the store's lock. */
export async function serve(args: ServerArguments, parts: ProgramParts, around: Surroundings): Promise<void> {
  const { storePath, stateFolder, logger } = around;
  const former = readFormerState(stateFolder);
  const secret = secretOf(args, former, logger);
  const options = storeOptionsOf(args, around);
  const opened = await openWorkerStore({ ...options, workerFile: parts.workerFile, logger });
  if (args.readOnly && !opened.info().exists) {
    await opened.close();
    throw new Error(`There is no database at ${storePath}, and --read-only makes none.`);
  }
  const end = endOfServer();
  const lease = new Lease(args.lease ? args.idleSeconds * 1000 : undefined, () => end.now('nobody needs it'));
  const changes = new ChangeFeed(lease);
  const subscription = opened.onDidChange((change) => changes.publish(change));
  const standAside = new StandAside(opened.file, opened.info, lease);
  const server = createServer({
    secret,
    lease,
    changes,
    logger,
    store: opened.store,
    file: opened.file,
    standAside,
    artifacts: artifactsOf(args, storePath),
    identity: () => ({
      product: 'mlflow-workbench',
      version: parts.version,
      pid: process.pid,
      store: opened.info(),
    }),
    shutDown: () => end.now('it was asked to'),
  });
  const graceful = new GracefulEnd(server);
  try {
    const port = await listen(server, args.port, former.port);
    const state: ServerState = {
      version: parts.version,
      pid: process.pid,
      host: HOST,
      port,
      secret: secret ?? '',
      storePath,
    };
    writeState(stateFolder, state);
    await served(state, parts, end, logger);
  } finally {
    changes.dispose();
    standAside.dispose();
    await graceful.close();
    await closeStore(opened, [subscription, lease]);
  }
}

async function served(
  state: ServerState,
  parts: ProgramParts,
  end: EndOfServer,
  logger: StderrLogger,
): Promise<void> {
  logger.info(`Serving ${state.storePath} at ${state.host}:${state.port}`);
  parts.announce({ event: 'ready', uri: trackingUri(state), state });
  logger.info(`The server ends: ${await end.reason}.`);
}

function secretOf(args: ServerArguments, former: FormerState, logger: StderrLogger): string | undefined {
  if (args.noSecret) {
    logger.warn(
      'The address has no secret: every user and program of this machine can read and write the store.',
    );
    return undefined;
  }
  const secret =
    args.secretFile === undefined ? (former.secret ?? newSecret()) : secretOfFile(args.secretFile);
  logger.hide(secret);
  return secret;
}

async function closeStore(opened: OpenStore, others: readonly Disposable[]): Promise<void> {
  others.forEach((each) => each.dispose());
  await opened.close();
}
