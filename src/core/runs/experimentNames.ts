import type { StoreAccess } from '../explorer/runReader.js';

const PAGE_SIZE = 1_000;
/** Beyond these, experiments made long ago are left out. */
const PAGES_MAX = 10;

/** The names of a store's active experiments by their ids: every search for runs has to name its experiments. */
export class ExperimentNames {
  private known: ReadonlyMap<string, string> | undefined;
  private reading: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(private readonly store: StoreAccess) {}

  /** The name of an experiment, once it was read. */
  nameOf(experimentId: string): string | undefined {
    return this.known?.get(experimentId);
  }

  /** The names as they were read last, or read now. */
  async all(): Promise<ReadonlyMap<string, string>> {
    return this.known ?? this.read();
  }

  /** Reads the names again; what is being read is not read twice. */
  read(): Promise<ReadonlyMap<string, string>> {
    this.reading ??= this.readPages().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readPages(): Promise<ReadonlyMap<string, string>> {
    const store = await this.store();
    const names = new Map<string, string>();
    let pageToken: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { items, nextPageToken } = await store.searchExperiments({
        viewType: 'ACTIVE_ONLY',
        maxResults: PAGE_SIZE,
        orderBy: [],
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      items.forEach(({ experimentId, name }) => names.set(experimentId, name));
      pageToken = nextPageToken;
      if (pageToken === undefined) {
        break;
      }
    }
    this.known = names;
    return names;
  }
}
