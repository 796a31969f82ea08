import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Logger } from '../../core/base/logger.js';
import { type StaleRun, StaleRunSet } from '../../core/tracking/staleRunSet.js';
import { ContextKeys } from '../../manifest/contextKeys.js';
import { setContextKey } from '../platform/contextKeys.js';
import type { Settings } from '../platform/settings.js';
import type { WorkspaceStore } from './workspaceStore.js';
import type { WorkspaceStores } from './workspaceStores.js';

/** A server is asked a moment after it has told of something, and not more often than that. */
const ASK_AFTER_MS = 100;
const BETWEEN_ASKS_MS = 2_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs of a store that have become stale, or are it no more. */
export interface StaleRunsChange {
  readonly store: WorkspaceStore;
  readonly runs: readonly StaleRun[];
}

interface Followed {
  readonly stale: StaleRunSet;
  readonly subscriptions: DisposableStore;
  askedAt: number;
  timer?: NodeJS.Timeout | undefined;
  /** When a run becomes stale by silence. */
  silence?: NodeJS.Timeout | undefined;
}

/** Which runs of the open stores are stale. Follows what their servers tell; nothing is asked at intervals. */
export class StaleRuns implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<StaleRunsChange>());
  private readonly followed = new Map<WorkspaceStore, Followed>();

  readonly onDidChange: Event<StaleRunsChange> = this.changed.event;

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly settings: Settings,
    private readonly logger: Logger,
  ) {
    this.disposables.add(stores.onDidChange(() => this.followStores()));
    this.disposables.add(
      settings.onDidChange((changed) => {
        if (changed.includes('mlflowWorkbench.tracking.staleAfter')) {
          this.followed.forEach((_followed, store) => this.askSoon(store));
        }
      }),
    );
    this.followStores();
  }

  /** Why a run is stale; undefined where it is not. */
  get(store: WorkspaceStore, runId: string): StaleRun | undefined {
    return this.followed.get(store)?.stale.get(runId);
  }

  /** The stale runs of a store, or of one of its experiments. */
  of(store: WorkspaceStore, experimentId?: string): readonly StaleRun[] {
    const all = this.followed.get(store)?.stale.all() ?? [];
    return experimentId === undefined ? all : all.filter((run) => run.experimentId === experimentId);
  }

  /** Asks a store's server now, and returns which runs are running. */
  async refresh(store: WorkspaceStore): Promise<ReadonlySet<string>> {
    const followed = this.followed.get(store);
    const running = await (await store.connect()).liveness();
    if (followed !== undefined && this.followed.has(store)) {
      followed.askedAt = Date.now();
      this.take(store, followed, running);
    }
    return new Set(running.map(({ runId }) => runId));
  }

  private followStores(): void {
    for (const [store, followed] of this.followed) {
      if (!this.stores.stores.includes(store)) {
        letGo(followed);
        this.followed.delete(store);
      }
    }
    for (const store of this.stores.stores) {
      if (!this.followed.has(store)) {
        this.follow(store);
      }
    }
    this.tellWhen();
  }

  private follow(store: WorkspaceStore): void {
    const subscriptions = new DisposableStore();
    const stale = new StaleRunSet();
    this.followed.set(store, { stale, subscriptions, askedAt: 0 });
    subscriptions.add(
      store.onDidChange((change) => {
        if (stale.isConcernedBy(change)) {
          this.askSoon(store);
        }
      }),
    );
  }

  private askSoon(store: WorkspaceStore): void {
    const followed = this.followed.get(store);
    if (followed !== undefined && followed.timer === undefined && store.state.kind === 'open') {
      const wait = Math.max(ASK_AFTER_MS, followed.askedAt + BETWEEN_ASKS_MS - Date.now());
      followed.timer = setTimeout(() => {
        followed.timer = undefined;
        this.refresh(store).catch((error: unknown) =>
          this.logger.debug(`Asking for the running runs of ${store.path}: ${messageOf(error)}`),
        );
      }, wait);
    }
  }

  private take(
    store: WorkspaceStore,
    followed: Followed,
    running: Parameters<StaleRunSet['update']>[0],
  ): void {
    const staleAfter = this.settings.get('mlflowWorkbench.tracking.staleAfter') * 60_000;
    const now = Date.now();
    const runs = followed.stale.update(running, now, staleAfter);
    clearTimeout(followed.silence);
    const next = followed.stale.nextChange(now, staleAfter);
    if (next !== undefined) {
      // It is asked again then: what was heard of the run meanwhile nobody has told.
      followed.silence = setTimeout(() => this.askSoon(store), Math.min(next - now + 1, LONGEST_TIMER_MS));
    }
    if (runs.length > 0) {
      this.tellWhen();
      this.changed.fire({ store, runs });
    }
  }

  private tellWhen(): void {
    const has = [...this.followed.values()].some(({ stale }) => stale.all().length > 0);
    void setContextKey(ContextKeys.hasStaleRuns, has);
  }

  dispose(): void {
    this.followed.forEach(letGo);
    this.disposables.dispose();
  }
}

function letGo({ subscriptions, timer, silence }: Followed): void {
  clearTimeout(timer);
  clearTimeout(silence);
  subscriptions.dispose();
}
