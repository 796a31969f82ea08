import { type Disposable, DisposableStore } from '../base/disposable.js';
import { messageOf } from '../base/errors.js';
import { Emitter, type Event } from '../base/event.js';
import type { Logger } from '../base/logger.js';
import { PacedTask } from '../base/pacedTask.js';
import { ANY_CHANGE, type StoreChange } from '../domain/changes.js';
import { isTerminated, type Run } from '../domain/run.js';
import type { StoreAccess } from '../explorer/runReader.js';
import { PendingChanges } from '../explorer/pendingChanges.js';
import { isRunId, runIdsFilter } from '../explorer/runFilters.js';
import type { Page } from '../stores/trackingStore.js';
import { ExperimentNames } from './experimentNames.js';

/** A store is asked at most this often. */
const INTERVAL_MS = 1_000;
/** Running runs beyond these are not counted. */
const RUNS_MAX = 1_000;
const IDS_PER_REQUEST = 100;
const RUNNING_FILTER = "attributes.status = 'RUNNING'";

/** Whether a run is RUNNING, as far as the store knows: one that its process left behind is told apart elsewhere. */
export function countsAsRunning({ info }: Run): boolean {
  return info.status === 'RUNNING' && info.lifecycleStage === 'active';
}

/**
 * The runs of a store that are running, followed by its changes: the store is never asked unless something changed,
 * and then for what changed. A run that was seen running and has ended is told of, once.
 */
export class RunningRuns implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private readonly ended = this.disposables.add(new Emitter<readonly Run[]>());
  private readonly pending = new PendingChanges();
  private readonly task: PacedTask;
  private readonly names: ExperimentNames;
  private running: ReadonlyMap<string, Run> = new Map();
  private more = false;

  readonly onDidChange: Event<void> = this.changed.event;
  readonly onDidEnd: Event<readonly Run[]> = this.ended.event;

  constructor(
    private readonly store: StoreAccess,
    private readonly logger: Logger,
    intervalMs = INTERVAL_MS,
  ) {
    this.names = new ExperimentNames(store);
    this.task = this.disposables.add(new PacedTask(() => this.look(), intervalMs));
  }

  /** The runs, the latest first. */
  get runs(): readonly Run[] {
    return [...this.running.values()].sort((a, b) => (b.info.startTime ?? 0) - (a.info.startTime ?? 0));
  }

  /** Whether there are more than these. */
  get hasMore(): boolean {
    return this.more;
  }

  isRunning(runId: string): boolean {
    return this.running.has(runId);
  }

  experimentName(experimentId: string): string | undefined {
    return this.names.nameOf(experimentId);
  }

  /** Takes in what changed in the store. */
  apply(change: StoreChange): void {
    this.pending.add(change);
    this.task.request();
  }

  private async look(): Promise<void> {
    const change = this.pending.take();
    if (change === undefined) {
      return;
    }
    try {
      if (change.everything || change.experimentIds.length > 0) {
        await this.names.read();
      }
      await (change.everything ? this.searchAll() : this.readAgain(change.runs));
    } catch (error) {
      this.logger.warn(`Looking for running runs: ${messageOf(error)}`);
      // With the next change, whatever it is: the store may not answer at all now.
      this.pending.add(ANY_CHANGE);
    }
  }

  private async searchAll(): Promise<void> {
    const experimentIds = [...(await this.names.all()).keys()];
    const page = await this.search(experimentIds, RUNNING_FILTER, RUNS_MAX);
    const found = new Set(page.items.map(({ info }) => info.runId));
    const missing = [...this.running.values()]
      .map(({ info }) => info)
      .filter(({ runId }) => !found.has(runId));
    const others = await this.readByIds(missing);
    this.more = page.nextPageToken !== undefined;
    this.take([...page.items, ...others], missing);
  }

  private async readAgain(changed: StoreChange['runs']): Promise<void> {
    const runs = changed.filter(({ runId }) => isRunId(runId));
    const experiments = await this.names.all();
    if (runs.some(({ experimentId }) => !experiments.has(experimentId))) {
      await this.names.read();
    }
    this.take(await this.readByIds(runs), runs);
  }

  /** @param asked the runs that were asked for: those of them that are not among `runs` are gone */
  private take(runs: readonly Run[], asked: readonly { readonly runId: string }[]): void {
    const running = new Map(this.running);
    asked.forEach(({ runId }) => running.delete(runId));
    const ended: Run[] = [];
    for (const run of runs) {
      const { runId, status } = run.info;
      if (countsAsRunning(run)) {
        running.set(runId, run);
      } else if (this.running.has(runId) && isTerminated(status)) {
        ended.push(run);
      }
    }
    const isSame = running.size === 0 && this.running.size === 0;
    this.running = running;
    if (ended.length > 0) {
      this.ended.fire(ended);
    }
    if (!isSame) {
      this.changed.fire();
    }
  }

  private async readByIds(runs: StoreChange['runs']): Promise<Run[]> {
    const found: Run[] = [];
    for (let start = 0; start < runs.length; start += IDS_PER_REQUEST) {
      const some = runs.slice(start, start + IDS_PER_REQUEST);
      const experimentIds = [...new Set(some.map(({ experimentId }) => experimentId))];
      const filter = runIdsFilter(some.map(({ runId }) => runId));
      found.push(...(await this.search(experimentIds, filter, some.length)).items);
    }
    return found;
  }

  private async search(
    experimentIds: readonly string[],
    filter: string,
    maxResults: number,
  ): Promise<Page<Run>> {
    if (experimentIds.length === 0) {
      return { items: [] };
    }
    const store = await this.store();
    return store.searchRuns({ experimentIds, filter, viewType: 'ACTIVE_ONLY', maxResults, orderBy: [] });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
