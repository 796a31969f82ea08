import type { Experiment } from '../domain/experiment.js';
import type { StoreAccess } from './experimentRuns.js';
import { SerialQueue } from './serialQueue.js';

/** The most experiments that one request of a reload asks for. */
const RELOAD_MAX = 1000;

/** The active experiments of a store as far as they are loaded, the latest made first. */
export class ExperimentList {
  private items: readonly Experiment[] | undefined;
  private nextPageToken: string | undefined;
  private readonly queue = new SerialQueue();

  constructor(
    private readonly store: StoreAccess,
    private readonly pageSize: () => number,
  ) {}

  get isLoaded(): boolean {
    return this.items !== undefined;
  }

  get experiments(): readonly Experiment[] {
    return this.items ?? [];
  }

  get hasMore(): boolean {
    return this.nextPageToken !== undefined;
  }

  /** Reads the first page unless it is there. */
  ensureLoaded(): Promise<void> {
    return this.queue.run(async () => {
      if (!this.isLoaded) await this.readOn();
    });
  }

  /** Reads the next page. */
  loadMore(): Promise<void> {
    return this.queue.run(() => this.readOn());
  }

  /** Reads on, in large pages, until an experiment is there; false where the store has it no more. */
  loadUntil(experimentId: string): Promise<boolean> {
    return this.queue.run(async () => {
      const isThere = (): boolean => this.experiments.some((each) => each.experimentId === experimentId);
      while (!isThere() && (!this.isLoaded || this.hasMore)) {
        await this.readOn(this.isLoaded ? RELOAD_MAX : this.pageSize());
      }
      return isThere();
    });
  }

  /** Reads what is loaded again, in one request. */
  reload(): Promise<void> {
    return this.queue.run(async () => {
      const size = Math.min(Math.max(this.experiments.length, this.pageSize()), RELOAD_MAX);
      const page = await this.read(size, undefined);
      this.items = page.items;
      this.nextPageToken = page.nextPageToken;
    });
  }

  private async readOn(maxResults = this.pageSize()): Promise<void> {
    const page = await this.read(maxResults, this.nextPageToken);
    const known = new Set(this.experiments.map((experiment) => experiment.experimentId));
    const fresh = page.items.filter((experiment) => !known.has(experiment.experimentId));
    this.items = [...this.experiments, ...fresh];
    this.nextPageToken = page.nextPageToken;
  }

  private async read(maxResults: number, pageToken: string | undefined) {
    const store = await this.store();
    return store.searchExperiments({
      viewType: 'ACTIVE_ONLY',
      maxResults,
      orderBy: [],
      ...(pageToken === undefined ? {} : { pageToken }),
    });
  }
}
