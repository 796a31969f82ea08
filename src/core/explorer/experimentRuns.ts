import type { Run } from '../domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../domain/tag.js';
import type { Page, TrackingStore } from '../stores/trackingStore.js';
import { childRunsFilter, isRunId, runIdsFilter } from './runFilters.js';
import { RunForest } from './runForest.js';
import { SerialQueue } from './serialQueue.js';

/** Gives the store as it is reached now; it may be reached anew after its server was. */
export type StoreAccess = () => Promise<TrackingStore>;

/** What an update showed: runs whose facts are new, and whether runs came, went or moved. */
export interface RunsUpdate {
  readonly changed: readonly string[];
  readonly structure: boolean;
}

/** Runs asked for by id in one request. */
const IDS_PER_REQUEST = 100;
/** Pages read on before giving up on one that brings a new run to the top. */
const PAGES_WITHOUT_ROOT = 10;
/** The most runs that one request of a reload asks for. */
const RELOAD_MAX = 1000;
/** Ancestors above ancestors: rounds of requests, one for each level. */
const ANCESTOR_LEVELS = 20;

interface Cursor {
  /** Absent when everything is loaded. */
  readonly nextPageToken: string | undefined;
  readonly loaded: number;
}

/** What is loaded. A reload builds a new one, so that a failure in between leaves the old one whole. */
class Loaded {
  readonly forest = new RunForest();
  readonly opened = new Map<string, Cursor>();
  /** Runs that were asked for by themselves, wherever paging has got to. */
  readonly included = new Set<string>();
  top: Cursor | undefined;
  /** Start time of the oldest run that paging reached; what is older belongs to a later page. */
  oldest = Infinity;

  /** Whether a run that was not known has its place among what is loaded. */
  belongs(run: Run): boolean {
    if (this.top === undefined) {
      return false;
    }
    const parent = parentTag(run);
    return (
      this.top.nextPageToken === undefined ||
      (run.info.startTime ?? 0) >= this.oldest ||
      (parent !== undefined && this.forest.get(parent) !== undefined) ||
      this.forest.isNamedAsParent(run.info.runId)
    );
  }
}

/**
 * The runs of an experiment as far as they are loaded: pages by start time, the ancestors that they name,
 * the children of runs that were opened. Calls are made one after the other.
 */
export class ExperimentRuns {
  private state = new Loaded();
  private readonly queue = new SerialQueue();

  constructor(
    private readonly store: StoreAccess,
    private readonly experimentId: string,
    private readonly pageSize: () => number,
  ) {}

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

  /** Reads the first page of the runs below `parentRunId` unless it is there. */
  async ensureChildren(parentRunId: string): Promise<void> {
    await this.queue.run(async () => {
      if (!this.state.opened.has(parentRunId)) {
        await this.readChildren(this.state, parentRunId, undefined, this.pageSize());
      }
    });
  }

  /** Reads the next page, and further ones until one brings a run that stands at the top. */
  loadMore(): Promise<void> {
    return this.queue.run(() => this.readOn());
  }

  /** Reads the next page of the runs below `parentRunId`. */
  loadChildren(parentRunId: string): Promise<void> {
    return this.queue.run(async () => {
      const cursor = this.state.opened.get(parentRunId);
      if (cursor === undefined || cursor.nextPageToken !== undefined) {
        await this.readChildren(this.state, parentRunId, cursor, this.pageSize());
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

  /** Reads everything that is loaded again, with one request for each list. */
  reload(): Promise<void> {
    return this.queue.run(async () => {
      const old = this.state;
      if (old.top === undefined) {
        return;
      }
      const fresh = new Loaded();
      await this.readPage(fresh, reloadSize(old.top.loaded, this.pageSize()));
      for (const [parentRunId, cursor] of old.opened) {
        if (fresh.forest.get(parentRunId) !== undefined) {
          await this.readChildren(fresh, parentRunId, undefined, reloadSize(cursor.loaded, this.pageSize()));
        }
      }
      await this.readIncluded(fresh, [...old.included]);
      this.state = fresh;
    });
  }

  /** Reads these runs again, and takes in those that are new and belong to what is loaded. */
  update(runIds: readonly string[]): Promise<RunsUpdate> {
    return this.queue.run(async () => {
      const { forest } = this.state;
      const changed: string[] = [];
      let structure = false;
      const ids = runIds.filter(isRunId);
      const found = await this.readByIds(ids);
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

  private async readOn(): Promise<void> {
    const state = this.state;
    const before = new Set(state.forest.roots().map((run) => run.info.runId));
    for (let page = 0; page < PAGES_WITHOUT_ROOT; page += 1) {
      if (state.top !== undefined && state.top.nextPageToken === undefined) {
        return;
      }
      await this.readPage(state, this.pageSize());
      if (state.forest.roots().some((run) => !before.has(run.info.runId))) {
        return;
      }
    }
  }

  private async readPage(state: Loaded, maxResults: number): Promise<void> {
    const page = await this.search(undefined, maxResults, state.top?.nextPageToken);
    for (const run of page.items) {
      state.forest.put(run);
      state.oldest = Math.min(state.oldest, run.info.startTime ?? 0);
    }
    await this.readAncestors(state.forest);
    const loaded = (state.top?.loaded ?? 0) + page.items.length;
    state.top = { nextPageToken: page.nextPageToken, loaded };
  }

  private async readChildren(
    state: Loaded,
    parentRunId: string,
    cursor: Cursor | undefined,
    maxResults: number,
  ): Promise<void> {
    const page = await this.search(childRunsFilter(parentRunId), maxResults, cursor?.nextPageToken);
    page.items.forEach((run) => state.forest.put(run));
    const loaded = (cursor?.loaded ?? 0) + page.items.length;
    state.opened.set(parentRunId, { nextPageToken: page.nextPageToken, loaded });
  }

  private async readIncluded(state: Loaded, runIds: readonly string[]): Promise<void> {
    const unread = runIds.filter((runId) => state.forest.get(runId) === undefined && isRunId(runId));
    const found = await this.readByIds(unread);
    for (const [runId, run] of found) {
      state.forest.put(run);
      state.included.add(runId);
    }
    await this.readAncestors(state.forest);
  }

  private async readAncestors(forest: RunForest): Promise<void> {
    for (let level = 0; level < ANCESTOR_LEVELS; level += 1) {
      const missing = forest.missingParents();
      if (missing.length === 0) {
        return;
      }
      const found = await this.readByIds(missing);
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

  private async readByIds(runIds: readonly string[]): Promise<Map<string, Run>> {
    const found = new Map<string, Run>();
    for (let start = 0; start < runIds.length; start += IDS_PER_REQUEST) {
      const some = runIds.slice(start, start + IDS_PER_REQUEST);
      const page = await this.search(runIdsFilter(some), some.length, undefined);
      page.items.forEach((run) => found.set(run.info.runId, run));
    }
    return found;
  }

  private async search(
    filter: string | undefined,
    maxResults: number,
    pageToken: string | undefined,
  ): Promise<Page<Run>> {
    const store = await this.store();
    return store.searchRuns({
      experimentIds: [this.experimentId],
      viewType: 'ACTIVE_ONLY',
      maxResults,
      orderBy: [],
      ...(filter === undefined ? {} : { filter }),
      ...(pageToken === undefined ? {} : { pageToken }),
    });
  }
}

function parentTag(run: Run): string | undefined {
  return tagValue(run.tags, SYSTEM_TAGS.parentRunId);
}

function reloadSize(loaded: number, pageSize: number): number {
  return Math.min(Math.max(loaded, pageSize), RELOAD_MAX);
}
