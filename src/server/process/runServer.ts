import { dirname } from 'node:path';
import { messageOf } from '../../core/base/errors.js';
import { isRemoteFolder } from '../../core/servers/remoteFolder.js';
import { readServerState } from '../../core/servers/serverState.js';
import { stateFolderOf } from '../../core/servers/stateFolder.js';
import { canonicalStorePath } from '../../core/servers/storePath.js';
import { describeHolder } from '../../core/stores/serverHolder.js';
import { endOfServer } from './endOfServer.js';
import { PortTaken } from './listen.js';
import { type ProgramParts, serve } from './serve.js';
import type { ServerArguments } from './serverOptions.js';
import { SharedStore, SOLE_ACCESS } from './sharedStore.js';
import { prepareStateFolder } from './stateFolder.js';
import { StderrLogger } from './stderrLogger.js';
import { takeStoreLock } from './storeLock.js';

const EXIT_CODES = { ended: 0, failed: 1, occupied: 3, portTaken: 4 } as const;

/** Runs a server until it ends, and returns the exit code. */
export async function runServer(args: ServerArguments, parts: ProgramParts): Promise<number> {
  const logger = new StderrLogger(args.logLevel);
  logUncaught(logger);
  try {
    return await runAlone(args, parts, logger);
  } catch (error) {
    logger.error(messageOf(error));
    parts.announce({ event: 'failed', message: messageOf(error) });
    return error instanceof PortTaken ? EXIT_CODES.portTaken : EXIT_CODES.failed;
  }
}

/** Serves unless another process does. */
async function runAlone(args: ServerArguments, parts: ProgramParts, logger: StderrLogger): Promise<number> {
  const storePath = await canonicalStorePath(args.store);
  const stateFolder = args.stateDir ?? stateFolderOf(storePath);
  prepareStateFolder(stateFolder);
  const lock = await takeStoreLock(stateFolder, args.waitSeconds * 1000);
  if (lock === undefined) {
    const message = await occupiedMessage(storePath, stateFolder);
    logger.error(message);
    parts.announce({ event: 'occupied', storePath, message });
    return EXIT_CODES.occupied;
  }
  try {
    await serveUntilEnd(args, parts, { storePath, stateFolder, logger });
    return EXIT_CODES.ended;
  } finally {
    lock.dispose();
  }
}

/** Serves again, at the same address, whenever the server of another machine comes or goes. */
async function serveUntilEnd(
  args: ServerArguments,
  parts: ProgramParts,
  around: { readonly storePath: string; readonly stateFolder: string; readonly logger: StderrLogger },
): Promise<void> {
  const { storePath, logger } = around;
  const self = { version: parts.version, pid: process.pid, hostName: args.hostName };
  const isShared = !args.readOnly && (args.shared || isRemoteFolder(dirname(storePath)));
  const shared = isShared ? new SharedStore(storePath, self, logger) : undefined;
  const end = endOfServer();
  try {
    while (!end.isAsked) {
      const access = (await shared?.access()) ?? SOLE_ACCESS;
      await serve(args, parts, { ...around, end, self, access });
    }
  } finally {
    shared?.dispose();
  }
}

/** Names the server that holds the store, as far as it has told; its secret stays in its file. */
async function occupiedMessage(storePath: string, stateFolder: string): Promise<string> {
  const state = await readServerState(stateFolder);
  const other = state === undefined ? '' : `, ${describeHolder(state)} at ${state.host}:${state.port},`;
  return `Another tracking server${other} holds ${storePath}. Its address is in ${stateFolder}/server.json.`;
}

/** What nobody expected is written down; the server goes on, since the store commits whole requests or nothing. */
function logUncaught(logger: StderrLogger): void {
  const log = (error: unknown): void =>
    logger.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
}
