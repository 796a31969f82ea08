import { existsSync } from 'node:fs';
import type { Logger } from '../../core/base/logger.js';
import { messageOf } from '../../core/base/errors.js';
import { provesAddress } from '../../core/client/proveAddress.js';
import { readServerState } from '../../core/servers/serverState.js';
import { stateFolderOf } from '../../core/servers/stateFolder.js';
import { describeHolder } from '../../core/stores/serverHolder.js';
import { getAlong, PROTOCOL } from '../../core/wire/protocol.js';
import {
  WORKBENCH_PATHS,
  type ServerAnnouncement,
  type ServerIdentity,
  type ServerState,
  trackingUri,
} from '../../core/wire/workbenchApi.js';
import { lastServerMessages, type SpawnServer, spawnServer } from './serverProcess.js';
import type { ServerProblem } from './serverProblem.js';

/** A server that is just starting or ending holds the store but does not answer: how often to look again. */
const START_ROUNDS = 4;
const ROUND_MS = 3_000;
const LOOK_INTERVAL_MS = 200;
/** How long an older server may take to end: longer than its requests under way. */
const HAND_OVER_SECONDS = 30;

/** A tracking server that answers. */
export interface RunningServer {
  readonly uri: string;
  readonly identity: ServerIdentity;
}

export interface LocalServersOptions {
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
  /** Says a problem to the person. */
  readonly explain: (problem: ServerProblem) => string;
  /** Hears that a store's server could not have its former port, so that what has the former address is cut off. */
  readonly onAddressLost: (storePath: string, port: number) => void;
}

/**
 * Finds the tracking server of a database on this machine, whoever started it, and starts one where there is none.
 * A process is never ended by its id: that may be another program's by now.
 */
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
    const stateFolder = stateFolderOf(storePath);
    let found = await this.find(stateFolder);
    for (let round = 0; round < START_ROUNDS; round += 1) {
      const isReplaced = found !== undefined && this.isToBeReplaced(found.identity);
      if (found !== undefined && !isReplaced) {
        this.options.logger.info(`The server of ${storePath}: ${describeHolder(found.identity)}`);
        return found;
      }
      if (found !== undefined) {
        this.options.logger.info(`The server of ${storePath} is replaced: ${describeHolder(found.identity)}`);
        await this.shutDown(found.uri);
      }
      found = await this.start(storePath, stateFolder, isReplaced);
    }
    const holder = await readServerState(stateFolder);
    throw this.failure({ kind: 'silent', storePath, ...(holder && { holder }) });
  }

  /**
   * An older server of a window gives way to that of this extension. One that a person started does not.
   * @throws Error where it cannot be used either
   */
  private isToBeReplaced(identity: ServerIdentity): boolean {
    const isOld = isOlder(identity.version, this.options.version);
    if (isOld && identity.endsByItself) {
      return true;
    }
    if (!getAlong(identity.protocol, PROTOCOL)) {
      throw this.failure({ kind: isOld ? 'tooOld' : 'tooNew', holder: identity });
    }
    return false;
  }

  /** Starts a server, or finds the one that somebody else started meanwhile. */
  private async start(
    storePath: string,
    stateFolder: string,
    waits: boolean,
  ): Promise<RunningServer | undefined> {
    const release = await this.options.releaseFor(storePath);
    const announcement = await this.spawn({
      program: this.options.program,
      storePath,
      stateFolder,
      backup: this.options.backup(),
      ...(release !== undefined && { mlflowRelease: release }),
      ...(waits && { waitSeconds: HAND_OVER_SECONDS }),
    });
    switch (announcement.event) {
      case 'failed':
        throw new Error(announcement.message);
      case 'occupied':
        return this.waitForOther(stateFolder);
      case 'ready':
        if (announcement.lostPort !== undefined) {
          this.options.onAddressLost(storePath, announcement.lostPort);
        }
        return this.identified(announcement.state);
    }
  }

  private async spawn(options: SpawnServer): Promise<ServerAnnouncement> {
    if (!existsSync(options.program)) {
      throw this.failure({ kind: 'programGone' });
    }
    try {
      return await spawnServer(options);
    } catch (error) {
      const reported = await lastServerMessages(options.stateFolder);
      this.options.logger.error(`${messageOf(error)}\n${reported}`);
      throw error;
    }
  }

  private failure(problem: ServerProblem): Error {
    return new Error(this.options.explain(problem));
  }

  /** Another process is starting or ending the store's server: its state file tells how it went. */
  private async waitForOther(stateFolder: string): Promise<RunningServer | undefined> {
    const until = Date.now() + ROUND_MS;
    do {
      const server = await this.find(stateFolder);
      if (server) {
        return server;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
    } while (Date.now() < until);
    return undefined;
  }

  private async find(stateFolder: string): Promise<RunningServer | undefined> {
    const state = await readServerState(stateFolder);
    return state && (await provesAddress(state)) ? this.identified(state) : undefined;
  }

  private async identified(state: ServerState): Promise<RunningServer | undefined> {
    const uri = trackingUri(state);
    const identity = await this.options.identify(uri);
    return identity?.store.path === state.storePath ? { uri, identity } : undefined;
  }

  /** It finishes what it has accepted; until the next one listens, MLflow's clients try again. */
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
