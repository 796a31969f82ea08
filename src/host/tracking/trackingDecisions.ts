import { RelativePattern, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { basename, dirname } from 'node:path';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Logger } from '../../core/base/logger.js';
import {
  decideTracking,
  type StoreStanding,
  type TrackingDecision,
} from '../../core/tracking/trackingDecision.js';
import type { EnvEntry } from '../../core/tracking/envEntry.js';
import type { Settings } from '../platform/settings.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { TrackedFolders } from './trackedFolders.js';
import { configurationOf, envFilesOf, URI_SETTINGS } from './uriSources.js';

/** What holds for a folder at the moment. */
export interface FolderTracking {
  readonly folder: WorkspaceFolder;
  readonly decision: TrackingDecision;
  /** The entry that this extension wrote into an environment file of the folder, where it is there. */
  readonly entry: WrittenEntry | undefined;
}

export interface WrittenEntry extends EnvEntry {
  readonly path: string;
}

/** How long a debug session waits for a server that is just starting. */
const SETTLE_MS = 5_000;

/**
 * Where the terminals of each folder log to, kept up to date while settings, environment files, trust and
 * the stores change. Starts the server of a tracked folder unless the person's configuration names another.
 */
export class TrackingDecisions implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<readonly FolderTracking[]>());
  private watchers = new DisposableStore();
  private readonly watchedStores = new Map<WorkspaceStore, Disposable>();
  private current: readonly FolderTracking[] = [];
  private queue: Promise<void> = Promise.resolve();

  readonly onDidChange: Event<readonly FolderTracking[]> = this.changed.event;

  constructor(
    private readonly tracked: TrackedFolders,
    private readonly stores: WorkspaceStores,
    private readonly settings: Settings,
    private readonly logger: Logger,
  ) {
    const update = (): void => void this.update();
    this.disposables.add(stores.onDidChange(() => this.followStores()));
    this.disposables.add(settings.onDidChange(update));
    this.disposables.add(workspace.onDidChangeWorkspaceFolders(() => this.watchEnvFiles()));
    this.disposables.add(tracked.onDidChange(() => this.watchEnvFiles()));
    this.disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (URI_SETTINGS.some((setting) => event.affectsConfiguration(setting))) {
          this.watchEnvFiles();
        }
      }),
    );
    this.watchEnvFiles();
  }

  /** What holds for each folder of the workspace. */
  get all(): readonly FolderTracking[] {
    return this.current;
  }

  /** What holds for one of them; undefined before it was first decided. */
  of(folder: WorkspaceFolder | undefined): TrackingDecision | undefined {
    const uri = folder?.uri.toString();
    return this.current.find((each) => each.folder.uri.toString() === uri)?.decision;
  }

  /** As {@link of}, once it is known: waits a moment for a server that is starting. */
  async settled(folder: WorkspaceFolder): Promise<TrackingDecision | undefined> {
    await this.update();
    if (this.of(folder)?.kind === 'starting') {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, SETTLE_MS);
        const watching = this.onDidChange(() => this.of(folder)?.kind !== 'starting' && done());
        function done(): void {
          clearTimeout(timer);
          watching.dispose();
          resolve();
        }
      });
    }
    return this.of(folder);
  }

  /** Decides anew; resolves when the decision is in force. */
  update(): Promise<void> {
    this.queue = this.queue
      .then(() => this.decideAll())
      .catch((error: unknown) => this.logger.error(`Deciding on tracking: ${messageOf(error)}`));
    return this.queue;
  }

  private async decideAll(): Promise<void> {
    const folders = workspace.workspaceFolders ?? [];
    const before = this.current;
    this.current = await Promise.all(
      folders.map(async (folder) => ({ folder, ...(await this.decide(folder)) })),
    );
    if (!sameDecisions(before, this.current)) {
      this.changed.fire(this.current);
    }
  }

  private async decide(folder: WorkspaceFolder): Promise<Omit<FolderTracking, 'folder'>> {
    const { configured, envFiles } = await configurationOf(folder);
    const written = envFiles.find(({ reading }) => reading.entry !== undefined);
    const store = this.tracked.has(folder) ? await this.stores.ofFolder(folder.uri.fsPath) : undefined;
    const decision = decideTracking({
      trusted: workspace.isTrusted,
      tracked: this.tracked.has(folder),
      injectionEnabled: this.settings.get('mlflowWorkbench.tracking.injectIntoTerminals', folder.uri),
      configured,
      store: standingOf(store),
    });
    if (decision.kind === 'starting' && store?.state.kind === 'closed') {
      // Its states come back here as changes of the store; a failure is one of them.
      store.connect().catch(() => undefined);
    }
    return { decision, entry: written?.reading.entry && { path: written.path, ...written.reading.entry } };
  }

  private followStores(): void {
    const stores = new Set(this.stores.stores);
    for (const [store, watcher] of this.watchedStores) {
      if (!stores.has(store)) {
        watcher.dispose();
        this.watchedStores.delete(store);
      }
    }
    for (const store of stores) {
      if (!this.watchedStores.has(store)) {
        this.watchedStores.set(
          store,
          store.onDidChangeState(() => void this.update()),
        );
      }
    }
    void this.update();
  }

  /** Only tracked folders are watched: elsewhere the files decide nothing. */
  private watchEnvFiles(): void {
    this.watchers.dispose();
    this.watchers = new DisposableStore();
    const update = (): void => void this.update();
    for (const path of new Set(this.tracked.open.flatMap(envFilesOf))) {
      const pattern = new RelativePattern(Uri.file(dirname(path)), basename(path));
      const watcher = this.watchers.add(workspace.createFileSystemWatcher(pattern));
      watcher.onDidCreate(update);
      watcher.onDidChange(update);
      watcher.onDidDelete(update);
    }
    update();
  }

  dispose(): void {
    this.watchers.dispose();
    this.watchedStores.forEach((watcher) => watcher.dispose());
    this.disposables.dispose();
  }
}

function sameDecisions(before: readonly FolderTracking[], now: readonly FolderTracking[]): boolean {
  return (
    before.length === now.length &&
    now.every(
      ({ folder, ...rest }, index) =>
        folder === before[index]?.folder &&
        JSON.stringify(rest) === JSON.stringify({ ...before[index], folder: undefined }),
    )
  );
}

function standingOf(store: WorkspaceStore | undefined): StoreStanding {
  const state = store?.state;
  switch (state?.kind) {
    case 'open': {
      const { uri, identity } = state.store.server;
      const { readOnlyReason, servedBy } = identity.store;
      return { kind: 'open', uri, ...(readOnlyReason && { readOnlyReason }), ...(servedBy && { servedBy }) };
    }
    case 'failed':
      return { kind: 'failed', message: state.message };
    case 'closed':
    case 'starting':
    case undefined:
      return { kind: 'starting' };
  }
}
