import { join } from 'node:path';
import type { Logger } from '../../core/base/logger.js';
import { messageOf } from '../../core/base/errors.js';
import {
  WORKBENCH_PATHS,
  type ServerIdentity,
  type ServerState,
  trackingUri,
} from '../../core/wire/workbenchApi.js';
import { lastServerMessages, spawnServer } from './serverProcess.js';
import { readServerState, storeKey } from './stateFolder.js';

/** A server that is just starting or ending holds the store but does not answer: how often to look again. */
const START_ROUNDS = 4;
const LOOKS_PER_ROUND = 10;
const LOOK_INTERVAL_MS = 200;

/** A tracking server that answers. */
export interface RunningServer {
  readonly uri: string;
  readonly identity: ServerIdentity;
}

export interface LocalServersOptions {
  /** Folder below which each store's server has its state folder. */
  readonly folder: string;
  /** Path of `dist/server.cjs`. */
  readonly program: string;
  /** This extension's version. */
  readonly version: string;
  readonly logger: Logger;
  /** Asks who answers at an address; undefined where nobody of ours does. */
  readonly identify: (uri: string) => Promise<ServerIdentity | undefined>;
  /** Whether a server makes backups of databases that were not made here. */
  readonly backup: () => boolean;
  /** The release of `mlflow` in the Python that will write to a database not made yet. */
  readonly releaseFor: (storePath: string) => Promise<string | undefined>;
}

/** Finds the tracking server of a database on this machine, and starts one where there is none. */
export class LocalServers {
  private readonly starting = new Map<string, Promise<RunningServer>>();

  constructor(private readonly options: LocalServersOptions) {}

  /** @param storePath canonical path of the database */
  ensure(storePath: string): Promise<RunningServer> {
    const known = this.starting.get(storePath);
    if (known) {
      return known;
    }
    const server = this.findOrStart(storePath).finally(() => this.starting.delete(storePath));
    this.starting.set(storePath, server);
    return server;
  }

  /** Asks a server again who it is and what its store is; undefined where it does not answer. */
  async look({ uri }: RunningServer): Promise<RunningServer | undefined> {
    const identity = await this.options.identify(uri);
    return identity && { uri, identity };
  }

  private async findOrStart(storePath: string): Promise<RunningServer> {
    const stateFolder = join(this.options.folder, storeKey(storePath));
    const running = await this.find(stateFolder);
    if (running && !isOlder(running.identity.version, this.options.version)) {
      this.options.logger.debug(`Server ${running.identity.pid} holds ${storePath}`);
      return running;
    }
    if (running) {
      this.options.logger.info(`Replacing the server of version ${running.identity.version}`);
      await this.shutDown(running.uri);
    }
    return this.start(storePath, stateFolder);
  }

  private async start(storePath: string, stateFolder: string): Promise<RunningServer> {
    const release = await this.options.releaseFor(storePath);
    for (let round = 0; round < START_ROUNDS; round += 1) {
      const announcement = await this.spawn(storePath, stateFolder, release);
      if (announcement.event === 'failed') {
        throw new Error(announcement.message);
      }
      const server =
        announcement.event === 'ready'
          ? await this.identified(announcement.state)
          : await this.waitForOther(stateFolder);
      if (server) {
        this.options.logger.info(`Server ${server.identity.pid} holds ${storePath}`);
        return server;
      }
    }
    throw new Error('The tracking server of this store does not answer.');
  }

  private async spawn(storePath: string, stateFolder: string, release: string | undefined) {
    try {
      return await spawnServer({
        program: this.options.program,
        storePath,
        stateFolder,
        backup: this.options.backup(),
        ...(release === undefined ? {} : { mlflowRelease: release }),
      });
    } catch (error) {
      const reported = await lastServerMessages(stateFolder);
      this.options.logger.error(`${messageOf(error)}\n${reported}`);
      throw error;
    }
  }

  /** Another process is starting or ending the store's server: its state file tells how it went. */
  private async waitForOther(stateFolder: string): Promise<RunningServer | undefined> {
    for (let look = 0; look < LOOKS_PER_ROUND; look += 1) {
      const server = await this.find(stateFolder);
      if (server) {
        return server;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
    }
    return undefined;
  }

  private async find(stateFolder: string): Promise<RunningServer | undefined> {
    const state = await readServerState(stateFolder);
    return state && this.identified(state);
  }

  private async identified(state: ServerState): Promise<RunningServer | undefined> {
    const uri = trackingUri(state);
    const identity = await this.options.identify(uri);
    return identity?.store.path === state.storePath ? { uri, identity } : undefined;
  }

  private async shutDown(uri: string): Promise<void> {
    try {
      await fetch(uri + WORKBENCH_PATHS.shutdown, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
        signal: AbortSignal.timeout(5_000),
      });
    } catch (error) {
      this.options.logger.warn(`The older server did not end: ${messageOf(error)}`);
    }
  }
}

/** Whether version `a` (three numbers) is lower than `b`. */
function isOlder(a: string, b: string): boolean {
  const [first, second] = [a, b].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10)),
  );
  for (let index = 0; index < 3; index += 1) {
    const difference = (first?.[index] ?? 0) - (second?.[index] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}
