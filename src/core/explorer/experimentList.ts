import type { Experiment } from '../domain/experiment.js';
import type { StoreAccess } from './runReader.js';
import { SerialQueue } from './serialQueue.js';

/** What a reload showed. */
export interface ListUpdate {
  /** Experiments that were there and look different now. */
  readonly changed: readonly Experiment[];
  /** Whether experiments came, went or moved. */
  readonly structure: boolean;
}

/** The most experiments that one request of a reload asks for: each answer is read at one go. */
const REQUEST_MAX = 250;

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
        await this.readOn(this.isLoaded ? REQUEST_MAX : this.pageSize());
      }
      return isThere();
    });
  }

  /** Reads what is loaded again. */
  reload(): Promise<ListUpdate> {
    return this.queue.run(async () => {
      const old = this.experiments;
      const size = Math.max(old.length, this.pageSize());
      const items: Experiment[] = [];
      let token: string | undefined;
      do {
        const page = await this.read(Math.min(size - items.length, REQUEST_MAX), token);
        items.push(...page.items);
        token = page.nextPageToken;
      } while (token !== undefined && items.length < size);
      this.items = items;
      this.nextPageToken = token;
      return difference(old, items);
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

function difference(old: readonly Experiment[], items: readonly Experiment[]): ListUpdate {
  const before = new Map(old.map((experiment) => [experiment.experimentId, JSON.stringify(experiment)]));
  const changed = items.filter((experiment) => {
    const known = before.get(experiment.experimentId);
    return known !== undefined && known !== JSON.stringify(experiment);
  });
  const structure =
    old.length !== items.length ||
    items.some(({ experimentId }, index) => experimentId !== old[index]?.experimentId);
  return { changed, structure };
}
