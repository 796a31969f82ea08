import { messageOf } from '../../core/base/errors.js';
import { HOST, PortTaken } from './listen.js';
import { type ProgramParts, serve } from './serve.js';
import type { ServerArguments } from './serverOptions.js';
import {
  canonicalStorePath,
  defaultStateFolder,
  prepareStateFolder,
  readFormerState,
} from './stateFolder.js';
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
  const storePath = canonicalStorePath(args.store);
  const stateFolder = args.stateDir ?? defaultStateFolder(storePath);
  prepareStateFolder(stateFolder);
  const lock = takeStoreLock(stateFolder);
  if (lock === undefined) {
    const message = occupiedMessage(storePath, stateFolder);
    logger.error(message);
    parts.announce({ event: 'occupied', storePath, message });
    return EXIT_CODES.occupied;
  }
  try {
    await serve(args, parts, { storePath, stateFolder, logger });
    return EXIT_CODES.ended;
  } finally {
    lock.dispose();
  }
}

/** Names the server that holds the store, as far as it has told; its secret stays in its file. */
function occupiedMessage(storePath: string, stateFolder: string): string {
  const { pid, port } = readFormerState(stateFolder);
  const other = pid === undefined || port === undefined ? '' : ` (process ${pid}, at ${HOST}:${port})`;
  return `Another tracking server${other} holds ${storePath}. Its address is in ${stateFolder}/server.json.`;
}

/** What nobody expected is written down; the server goes on, since the store commits whole requests or nothing. */
function logUncaught(logger: StderrLogger): void {
  const log = (error: unknown): void =>
    logger.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
}
