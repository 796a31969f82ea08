import type { Run } from '../domain/run.js';
import { SYSTEM_TAGS } from '../domain/tag.js';
import type { Page, RunExcerpt, TrackingStore } from '../stores/trackingStore.js';
import { runIdsFilter } from './runFilters.js';

/** Gives the store as it is reached now; it may be reached anew after its server was. */
export type StoreAccess = () => Promise<TrackingStore>;

/** Of which runs, and how they are read. */
export interface RunsOf {
  readonly experimentId: string;
  /** How many runs come at a time when somebody looks at them first. */
  readonly pageSize: () => number;
  /** The metric that is shown beside a run; empty for the first by name. */
  readonly metric: () => string;
}

/** The most runs in one answer, and the most of their values: it is read at one go, which holds up everything else. */
const RUNS_PER_ANSWER = 500;
const VALUES_PER_ANSWER = 20_000;
/** A run's own facts take as much as so many values. */
const FACTS = 10;
const WHOLE_PER_REQUEST = 10;
const IDS_PER_REQUEST = 100;

/** Reads the runs of an experiment: excerpts of many, whole ones of few. */
export class RunReader {
  /** The most values that a run had in the last answer. Other servers know no excerpts and send whole runs. */
  private valuesPerRun = 0;

  constructor(
    private readonly store: StoreAccess,
    private readonly of: RunsOf,
  ) {}

  /** Excerpts of runs, the latest first, in as many requests as so many take. */
  async page(filter: string | undefined, size: number, from: string | undefined): Promise<Page<Run>> {
    const items: Run[] = [];
    let token = from;
    do {
      const page = await this.search(
        filter,
        Math.min(size - items.length, this.runsPerAnswer()),
        token,
        true,
      );
      items.push(...page.items);
      token = page.nextPageToken;
      this.valuesPerRun = Math.max(0, ...page.items.map(valuesOf));
    } while (token !== undefined && items.length < size);
    return { items, ...(token !== undefined && { nextPageToken: token }) };
  }

  /** Excerpts of the runs of these ids, as far as there are any. */
  excerpts(runIds: readonly string[]): Promise<Run[]> {
    return this.byIds(runIds, IDS_PER_REQUEST, true);
  }

  /** The runs of these ids with all that was logged, as far as there are any. */
  whole(runIds: readonly string[]): Promise<Run[]> {
    return this.byIds(runIds, WHOLE_PER_REQUEST, false);
  }

  private runsPerAnswer(): number {
    return Math.max(
      1,
      Math.min(RUNS_PER_ANSWER, Math.floor(VALUES_PER_ANSWER / (this.valuesPerRun + FACTS))),
    );
  }

  private async byIds(runIds: readonly string[], atOnce: number, excerpt: boolean): Promise<Run[]> {
    const found: Run[] = [];
    for (let start = 0; start < runIds.length; start += atOnce) {
      const some = runIds.slice(start, start + atOnce);
      found.push(...(await this.search(runIdsFilter(some), some.length, undefined, excerpt)).items);
    }
    return found;
  }

  private async search(
    filter: string | undefined,
    maxResults: number,
    pageToken: string | undefined,
    excerpt: boolean,
  ): Promise<Page<Run>> {
    const store = await this.store();
    return store.searchRuns({
      experimentIds: [this.of.experimentId],
      viewType: 'ACTIVE_ONLY',
      maxResults,
      orderBy: [],
      ...(filter === undefined ? {} : { filter }),
      ...(pageToken === undefined ? {} : { pageToken }),
      ...(excerpt && { excerpt: this.excerpt() }),
    });
  }

  /** What a run's line and its place in the tree need. */
  private excerpt(): RunExcerpt {
    return { metric: this.of.metric(), tags: [SYSTEM_TAGS.parentRunId] };
  }
}

function valuesOf({ metrics, params, tags }: Run): number {
  return metrics.length + params.length + tags.length;
}
