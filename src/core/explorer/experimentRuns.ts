import type { Run } from '../domain/run.js';
import { metricKeys } from './describeRun.js';
import { LoadedRuns, parentTag } from './loadedRuns.js';
import { childRunsFilter, isRunId } from './runFilters.js';
import type { RunForest } from './runForest.js';
import { RunReader, type RunsOf, type StoreAccess } from './runReader.js';
import { SerialQueue } from './serialQueue.js';

/** What an update showed: runs whose facts are new, and whether runs came, went or moved. */
export interface RunsUpdate {
  readonly changed: readonly string[];
  readonly structure: boolean;
}

/** Pages read on before giving up on one that brings a new run to the top. */
const PAGES_WITHOUT_ROOT = 10;
/** The most runs of a list that a reload asks for. */
const RELOAD_MAX = 1000;
/** Ancestors above ancestors: rounds of requests, one for each level. */
const ANCESTOR_LEVELS = 20;
/** How many runs are looked into for the names of their metrics. */
const METRIC_KEY_RUNS = 30;

/**
 * The runs of an experiment as far as they are loaded: pages by start time, the ancestors that they name,
 * the children of runs that were opened. Those that were opened are whole, the others excerpts. Calls are made one
 * after the other.
 */
export class ExperimentRuns {
  private state = new LoadedRuns();
  private readonly queue = new SerialQueue();
  private readonly reader: RunReader;

  constructor(
    store: StoreAccess,
    private readonly of: RunsOf,
  ) {
    this.reader = new RunReader(store, of);
  }

  get isLoaded(): boolean {
    return this.state.top !== undefined;
  }

  get hasMore(): boolean {
    return this.state.top?.nextPageToken !== undefined;
  }

  /** The loaded runs, by what is below what. */
  get tree(): Pick<RunForest, 'roots' | 'childrenOf' | 'get' | 'all'> {
    return this.state.forest;
  }

  hasMoreChildren(runId: string): boolean {
    return this.state.opened.get(runId)?.nextPageToken !== undefined;
  }

  /** Reads the first page unless it is there. */
  async ensureLoaded(): Promise<void> {
    await this.queue.run(async () => {
      if (!this.isLoaded) await this.readOn();
    });
  }

  /** Reads a run whole, and the first page of the runs below it, unless that was done. */
  async open(runId: string): Promise<void> {
    await this.queue.run(async () => {
      if (!this.state.opened.has(runId)) {
        await this.openIn(this.state, runId, this.of.pageSize());
      }
    });
  }

  /** Takes back {@link open}: an excerpt of the run is enough again. The runs below it stay. */
  close(runId: string): void {
    this.state.opened.delete(runId);
  }

  /** Reads the next page, and further ones until one brings a run that stands at the top. */
  loadMore(): Promise<void> {
    return this.queue.run(() => this.readOn());
  }

  /** Reads the next page of the runs below `parentRunId`. */
  loadChildren(parentRunId: string): Promise<void> {
    return this.queue.run(async () => {
      const cursor = this.state.opened.get(parentRunId);
      if (cursor === undefined) {
        await this.openIn(this.state, parentRunId, this.of.pageSize());
      } else if (cursor.nextPageToken !== undefined) {
        await this.readChildren(this.state, parentRunId, this.of.pageSize(), cursor.nextPageToken);
      }
    });
  }

  /**
   * Takes in a run that a page may not have reached, with the runs above it, and keeps it over reloads; false where
   * the experiment has it no more.
   */
  include(runId: string): Promise<boolean> {
    return this.queue.run(async () => {
      if (!this.isLoaded) await this.readOn();
      await this.readIncluded(this.state, [runId]);
      return this.state.forest.get(runId) !== undefined;
    });
  }

  /** The run that a loaded run stands below; undefined at the top. */
  parentOf(run: Run): Run | undefined {
    const parent = this.state.forest.parentOf(run);
    return parent === undefined ? undefined : this.state.forest.get(parent);
  }

  /** Reads everything that is loaded again. */
  reload(): Promise<void> {
    return this.queue.run(async () => {
      const old = this.state;
      if (old.top === undefined) {
        return;
      }
      const fresh = new LoadedRuns();
      await this.readPage(fresh, reloadSize(old.top.loaded, this.of.pageSize()));
      for (const [runId, cursor] of old.opened) {
        if (fresh.forest.get(runId) !== undefined) {
          await this.openIn(fresh, runId, reloadSize(cursor.loaded, this.of.pageSize()));
        }
      }
      await this.readIncluded(fresh, [...old.included]);
      this.state = fresh;
    });
  }

  /** Reads these runs again, and takes in those that are new and belong to what is loaded. */
  update(runIds: readonly string[]): Promise<RunsUpdate> {
    return this.queue.run(async () => {
      const { forest, opened } = this.state;
      const changed: string[] = [];
      let structure = false;
      const ids = runIds.filter(isRunId);
      const whole = await this.reader.whole(ids.filter((runId) => opened.has(runId)));
      const excerpts = await this.reader.excerpts(ids.filter((runId) => !opened.has(runId)));
      const found = byId([...whole, ...excerpts]);
      for (const runId of ids) {
        const run = found.get(runId);
        const known = forest.get(runId);
        if (run === undefined) {
          structure ||= known !== undefined;
          forest.markGone(runId);
        } else if (known !== undefined || this.state.belongs(run)) {
          forest.put(run);
          changed.push(runId);
          structure ||= known === undefined || parentTag(known) !== parentTag(run);
        }
      }
      await this.readAncestors(forest);
      return { changed, structure };
    });
  }

  /** A run with all that was logged; undefined where it is gone. */
  async whole(runId: string): Promise<Run | undefined> {
    const known = this.state.opened.has(runId) ? this.state.forest.get(runId) : undefined;
    return known ?? (await this.reader.whole([runId]))[0];
  }

  /** The names of the metrics of what is loaded: of the latest runs all, of the others those that are shown. */
  async metricKeys(): Promise<string[]> {
    const loaded = this.state.forest.all();
    const latest = this.state.forest.roots().slice(0, METRIC_KEY_RUNS);
    return metricKeys([...loaded, ...(await this.reader.whole(latest.map(({ info }) => info.runId)))]);
  }

  private async readOn(): Promise<void> {
    const state = this.state;
    const before = new Set(state.forest.roots().map((run) => run.info.runId));
    for (let page = 0; page < PAGES_WITHOUT_ROOT; page += 1) {
      if (state.top !== undefined && state.top.nextPageToken === undefined) {
        return;
      }
      await this.readPage(state, this.of.pageSize());
      if (state.forest.roots().some((run) => !before.has(run.info.runId))) {
        return;
      }
    }
  }

  private async readPage(state: LoadedRuns, size: number): Promise<void> {
    const page = await this.reader.page(undefined, size, state.top?.nextPageToken);
    state.addPage(page.items, page.nextPageToken);
    await this.readAncestors(state.forest);
  }

  private async openIn(state: LoadedRuns, runId: string, size: number): Promise<void> {
    const [run] = await this.reader.whole([runId]);
    if (run !== undefined) {
      state.forest.put(run);
    }
    await this.readChildren(state, runId, size, undefined);
  }

  private async readChildren(
    state: LoadedRuns,
    parentRunId: string,
    size: number,
    from: string | undefined,
  ): Promise<void> {
    const page = await this.reader.page(childRunsFilter(parentRunId), size, from);
    state.addChildren(parentRunId, page.items, page.nextPageToken);
  }

  private async readIncluded(state: LoadedRuns, runIds: readonly string[]): Promise<void> {
    const unread = runIds.filter((runId) => state.forest.get(runId) === undefined && isRunId(runId));
    state.include(await this.reader.excerpts(unread));
    await this.readAncestors(state.forest);
  }

  private async readAncestors(forest: RunForest): Promise<void> {
    for (let level = 0; level < ANCESTOR_LEVELS; level += 1) {
      const missing = forest.missingParents();
      if (missing.length === 0) {
        return;
      }
      const found = byId(await this.reader.excerpts(missing));
      for (const runId of missing) {
        const run = found.get(runId);
        if (run) {
          forest.put(run);
        } else {
          forest.markGone(runId);
        }
      }
    }
  }
}

function byId(runs: readonly Run[]): Map<string, Run> {
  return new Map(runs.map((run) => [run.info.runId, run]));
}

function reloadSize(loaded: number, pageSize: number): number {
  return Math.min(Math.max(loaded, pageSize), RELOAD_MAX);
}
