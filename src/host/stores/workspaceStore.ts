import { basename, dirname } from 'node:path';
import type { Disposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Logger } from '../../core/base/logger.js';
import { ANY_CHANGE, type StoreChange } from '../../core/domain/changes.js';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import type { LocalServers, RunningServer } from '../servers/localServers.js';
import { storeKey } from '../../core/servers/storePath.js';
import type { ConnectedStore, StoreClients } from './connectedStore.js';

const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

/** How a store is reached at the moment. */
export type ConnectionState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'open'; readonly store: ConnectedStore }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * A database that the explorer shows. Nothing is started before {@link connect}; from then on its server is
 * held by the change feed (this window's lease), and found or started again when it ends.
 */
export class WorkspaceStore implements Disposable {
  readonly key: string;
  /** What the store is called where it stands among others. */
  readonly name: string;
  private readonly changes = new Emitter<StoreChange>();
  private readonly states = new Emitter<ConnectionState>();
  private current: ConnectionState = { kind: 'closed' };
  private opening: Promise<ConnectedStore> | undefined;
  private renewing: Promise<void> | undefined;
  private feed: Disposable | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private disposed = false;
  private lastUri: string | undefined;

  readonly onDidChange: Event<StoreChange> = this.changes.event;
  readonly onDidChangeState: Event<ConnectionState> = this.states.event;

  /** @param path canonical path of the database */
  constructor(
    readonly path: string,
    private readonly servers: LocalServers,
    private readonly clients: StoreClients,
    private readonly logger: Logger,
  ) {
    this.key = storeKey(path);
    this.name = basename(path);
  }

  /** The folder that the database lies in. */
  get folder(): string {
    return dirname(this.path);
  }

  /** The tracking URI at which the store is, or was when it was reached last. */
  get uri(): string | undefined {
    return this.lastUri;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** The store's client, after finding or starting its server. */
  async connect(): Promise<ConnectedStore> {
    if (this.current.kind === 'open') {
      return this.current.store;
    }
    this.opening ??= this.open().finally(() => (this.opening = undefined));
    return this.opening;
  }

  /** As {@link connect}, for callers that need the tracking API only. */
  readonly tracking = async (): Promise<TrackingStore> => (await this.connect()).tracking;

  /** What the store is, as far as it has been told; undefined while its server is not reached. */
  get info(): StoreInfo | undefined {
    return this.current.kind === 'open' ? this.current.store.server.identity.store : undefined;
  }

  /** Asks again what the store is: its database has been made, backed up or upgraded meanwhile. */
  async renew(): Promise<void> {
    const asked = this.current;
    if (asked.kind !== 'open') {
      return;
    }
    const server = await this.servers.look(asked.store.server);
    const isNew = JSON.stringify(server?.identity) !== JSON.stringify(asked.store.server.identity);
    if (server !== undefined && isNew && this.current === asked) {
      this.setState({ kind: 'open', store: { ...asked.store, server } });
    }
  }

  private tell(change: StoreChange): void {
    if (change.everything || mayBeOther(this.info)) {
      this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
    }
    this.changes.fire(change);
  }

  private async open(): Promise<ConnectedStore> {
    if (this.disposed) {
      throw new Error('The store was closed.');
    }
    clearTimeout(this.retry);
    this.setState({ kind: 'starting' });
    try {
      const server = await this.servers.ensure(this.path);
      this.lastUri = server.uri;
      const store: ConnectedStore = { server, ...this.clients.connect(server) };
      this.listen(server);
      this.setState({ kind: 'open', store });
      return store;
    } catch (error) {
      this.setState({ kind: 'failed', message: messageOf(error) });
      throw error;
    }
  }

  private listen(server: RunningServer): void {
    if (this.disposed) {
      return;
    }
    this.feed?.dispose();
    const opened = Date.now();
    this.feed = this.clients.subscribe(server, {
      // What happened before the feed was open is found by looking at what is loaded again.
      onOpen: () => this.tell(ANY_CHANGE),
      onChange: (change) => this.tell(change),
      onEnd: (reason) => {
        // A server that lived for a while ended for some outer reason: try again at once.
        this.failures = Date.now() - opened > 60_000 ? 0 : this.failures;
        this.logger.info(`The change feed of ${this.path} ended: ${reason}`);
        this.reconnectLater();
      },
    });
  }

  private reconnectLater(): void {
    this.feed?.dispose();
    this.feed = undefined;
    if (this.disposed) {
      return;
    }
    this.setState({ kind: 'starting' });
    const wait = BACKOFF_MS[Math.min(this.failures, BACKOFF_MS.length - 1)] ?? 0;
    this.failures += 1;
    this.logger.debug(`Looking for the server of ${this.path} again in ${wait} ms`);
    this.retry = setTimeout(() => void this.reconnect(), wait);
  }

  private async reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      this.logger.warn(`${this.path}: ${messageOf(error)}`);
      this.reconnectLater();
    }
  }

  private setState(state: ConnectionState): void {
    this.current = state;
    this.states.fire(state);
  }

  /** Lets go of the server, which ends when nobody else holds it. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.retry);
    this.feed?.dispose();
    this.changes.dispose();
    this.states.dispose();
  }
}

/** Whether any write may change what the store is. */
function mayBeOther(info: StoreInfo | undefined): boolean {
  return info !== undefined && (!info.exists || (info.backup !== undefined && info.backup.kind !== 'made'));
}
