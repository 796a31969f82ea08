import { join } from 'node:path';
import { RelativePattern, workspace, type WorkspaceFolder } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Logger } from '../../core/base/logger.js';
import { messageOf } from '../../core/base/errors.js';
import { isSameServer } from '../../core/runs/sameServer.js';
import { isFile } from '../platform/files.js';
import type { WorkspaceMemory } from '../platform/workspaceMemory.js';
import type { LocalServers } from '../servers/localServers.js';
import { canonicalStorePath, storeKey } from '../../core/servers/storePath.js';
import type { TrackedFolders } from '../tracking/trackedFolders.js';
import type { StoreClients } from './connectedStore.js';
import { holdsFileStore } from './fileStore.js';
import { WorkspaceStore } from './workspaceStore.js';

/** The name that MLflow gives a folder's database. */
export const STORE_FILE = 'mlflow.db';

/** The stores of the workspace: those of its folders, and those that were opened by hand. */
export class WorkspaceStores implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private readonly byKey = new Map<string, WorkspaceStore>();
  private watchers: DisposableStore | undefined;
  private order: readonly string[] = [];
  /** The workspace folder of each store that has one, by the store's path. */
  private folders: ReadonlyMap<string, WorkspaceFolder> = new Map();
  private fileStoreFolders: readonly string[] = [];
  private refreshing: Promise<void> = Promise.resolve();

  /** Stores came or went. */
  readonly onDidChange: Event<void> = this.changed.event;

  constructor(
    private readonly tracked: TrackedFolders,
    private readonly memory: WorkspaceMemory,
    private readonly servers: LocalServers,
    private readonly clients: StoreClients,
    private readonly logger: Logger,
  ) {
    const refresh = (): void => void this.refresh();
    this.disposables.add(workspace.onDidChangeWorkspaceFolders(() => this.foldersChanged()));
    this.disposables.add(workspace.onDidGrantWorkspaceTrust(refresh));
    this.disposables.add(tracked.onDidChange(refresh));
    refresh();
  }

  get stores(): readonly WorkspaceStore[] {
    return this.order.flatMap((key) => this.byKey.get(key) ?? []);
  }

  /** Folders whose runs are in MLflow's older file store, with no database beside it. */
  get foldersWithFileStore(): readonly string[] {
    return this.fileStoreFolders;
  }

  get(key: string): WorkspaceStore | undefined {
    return this.byKey.get(key);
  }

  /** The store whose server is, or was last, at a tracking URI. */
  atUri(uri: string): WorkspaceStore | undefined {
    return this.stores.find((store) => store.uri !== undefined && isSameServer(store.uri, uri));
  }

  /** As {@link get}, after the stores were looked for. */
  async find(key: string): Promise<WorkspaceStore | undefined> {
    await this.refreshing;
    return this.byKey.get(key);
  }

  /** The store of a workspace folder, if it is among the open ones. */
  async ofFolder(folder: string): Promise<WorkspaceStore | undefined> {
    await this.refreshing;
    return this.byKey.get(storeKey(await canonicalStorePath(join(folder, STORE_FILE))));
  }

  /** The workspace folder that a store belongs to, if it belongs to one. */
  folderOf(store: WorkspaceStore): WorkspaceFolder | undefined {
    return this.folders.get(store.path);
  }

  /** Whether tracking is on in the workspace folder that a store belongs to, if it belongs to one. */
  trackingOf(store: WorkspaceStore): 'on' | 'off' | 'elsewhere' {
    const folder = this.folderOf(store);
    return folder === undefined ? 'elsewhere' : this.tracked.has(folder) ? 'on' : 'off';
  }

  isOpenedByHand(store: WorkspaceStore): boolean {
    return this.memory.get('stores.opened').includes(store.path);
  }

  /** Adds a database that the person chose and remembers it for the workspace. */
  async open(path: string): Promise<WorkspaceStore | undefined> {
    const canonical = await canonicalStorePath(path);
    await this.memory.toggle('stores.opened', canonical, true);
    await this.refresh();
    return this.byKey.get(storeKey(canonical));
  }

  async close(store: WorkspaceStore): Promise<void> {
    await this.memory.toggle('stores.opened', store.path, false);
    await this.refresh();
  }

  /** Looks again which stores there are. Refreshes come one after the other. */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing
      .then(() => this.update())
      .catch((error: unknown) => this.logger.error(`Looking for stores: ${messageOf(error)}`));
    return this.refreshing;
  }

  private async update(): Promise<void> {
    const paths = workspace.isTrusted ? await this.paths() : [];
    const keys = paths.map(storeKey);
    for (const [key, store] of this.byKey) {
      if (!keys.includes(key)) {
        this.byKey.delete(key);
        store.dispose();
      }
    }
    for (const path of paths) {
      if (!this.byKey.has(storeKey(path))) {
        this.byKey.set(storeKey(path), new WorkspaceStore(path, this.servers, this.clients, this.logger));
      }
    }
    this.order = keys;
    this.changed.fire();
  }

  private async paths(): Promise<string[]> {
    const paths = new Set<string>();
    const folders = new Map<string, WorkspaceFolder>();
    const fileStores: string[] = [];
    for (const folder of workspace.workspaceFolders ?? []) {
      const root = folder.uri.fsPath;
      const path = join(root, STORE_FILE);
      if (this.tracked.has(folder) || (await isFile(path))) {
        const canonical = await canonicalStorePath(path);
        paths.add(canonical);
        folders.set(canonical, folder);
      } else if (await holdsFileStore(root)) {
        fileStores.push(root);
      }
    }
    for (const path of this.memory.get('stores.opened')) {
      paths.add(path);
    }
    this.fileStoreFolders = fileStores;
    this.folders = folders;
    return [...paths];
  }

  /**
   * Notices from now on a database that a script of the person makes or that is deleted. Called when somebody looks
   * at the stores for the first time: most windows never need the watchers.
   */
  watch(): void {
    if (this.watchers === undefined) {
      this.watchFolders();
      void this.refresh();
    }
  }

  private foldersChanged(): void {
    if (this.watchers !== undefined) {
      this.watchFolders();
    }
    void this.refresh();
  }

  private watchFolders(): void {
    this.watchers?.dispose();
    this.watchers = new DisposableStore();
    for (const folder of workspace.workspaceFolders ?? []) {
      const pattern = new RelativePattern(folder, STORE_FILE);
      const watcher = this.watchers.add(workspace.createFileSystemWatcher(pattern, false, true, false));
      watcher.onDidCreate(() => void this.refresh());
      watcher.onDidDelete(() => void this.refresh());
    }
  }

  dispose(): void {
    this.watchers?.dispose();
    this.disposables.dispose();
    this.byKey.forEach((store) => store.dispose());
    this.byKey.clear();
  }
}
