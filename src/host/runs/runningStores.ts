import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { Logger } from '../../core/base/logger.js';
import { RunningRuns } from '../../core/runs/runningRuns.js';
import type { StaleRuns } from '../stores/staleRuns.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { ListedRun } from './listedRun.js';

interface Followed {
  readonly runs: RunningRuns;
  readonly subscriptions: DisposableStore;
}

/** The running runs of all open stores. Only stores that are reached anyway are asked. */
export class RunningStores implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private readonly ended = this.disposables.add(new Emitter<readonly ListedRun[]>());
  private readonly followed = new Map<WorkspaceStore, Followed>();

  readonly onDidChange: Event<void> = this.changed.event;
  /** Runs that were seen running here have ended. */
  readonly onDidEnd: Event<readonly ListedRun[]> = this.ended.event;

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly stale: StaleRuns,
    private readonly logger: Logger,
  ) {
    this.disposables.add(stores.onDidChange(() => this.followStores()));
    this.disposables.add(stale.onDidChange(() => this.changed.fire()));
    this.followStores();
  }

  /** The runs, store by store, the latest first, but for those that their processes have left. */
  get runs(): readonly ListedRun[] {
    return [...this.followed].flatMap(([store, { runs }]) =>
      runs.runs
        .filter(({ info }) => this.stale.get(store, info.runId) === undefined)
        .map((run) => listed(store, runs, run)),
    );
  }

  /** Whether some store has more than it tells. */
  get hasMore(): boolean {
    return [...this.followed.values()].some(({ runs }) => runs.hasMore);
  }

  isRunning(store: WorkspaceStore, runId: string): boolean {
    return this.followed.get(store)?.runs.isRunning(runId) ?? false;
  }

  private followStores(): void {
    const { stores } = this.stores;
    for (const [store, { subscriptions }] of this.followed) {
      if (!stores.includes(store)) {
        subscriptions.dispose();
        this.followed.delete(store);
        this.changed.fire();
      }
    }
    for (const store of stores) {
      if (!this.followed.has(store)) {
        this.followed.set(store, this.follow(store));
      }
    }
  }

  private follow(store: WorkspaceStore): Followed {
    const subscriptions = new DisposableStore();
    const runs = subscriptions.add(new RunningRuns(store.tracking, this.logger));
    // The first change is that the feed is open, and then everything is looked at.
    subscriptions.add(store.onDidChange((change) => runs.apply(change)));
    subscriptions.add(runs.onDidChange(() => this.changed.fire()));
    subscriptions.add(
      runs.onDidEnd((ended) => this.ended.fire(ended.map((run) => listed(store, runs, run)))),
    );
    return { runs, subscriptions };
  }

  dispose(): void {
    this.followed.forEach(({ subscriptions }) => subscriptions.dispose());
    this.disposables.dispose();
  }
}

function listed(store: WorkspaceStore, runs: RunningRuns, run: ListedRun['run']): ListedRun {
  return { store, run, experimentName: runs.experimentName(run.info.experimentId) };
}
