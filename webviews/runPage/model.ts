import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ArtifactEntry } from '../../src/core/domain/artifact.js';
import type { RunPageMetric, RunPageRun, ToRunPage } from '../../src/protocol/runPage.js';
import { assertNever } from '../shared/never.js';

/** A folder of artifacts as far as it is known. `entries` stay while the folder is listed again. */
export interface FolderState {
  readonly loading: boolean;
  readonly entries?: readonly ArtifactEntry[];
  readonly failure?: string;
}

/** A metric with a signal of its own: a new value draws one row again, not the table. */
export type MetricSignal = Signal<RunPageMetric>;

/** What the extension has told the page so far. Only {@link receive} changes it, apart from listing folders. */
export class RunPageModel {
  readonly run = signal<RunPageRun | undefined>(undefined);
  /** Undefined until the first metrics arrive, which may be none. */
  readonly metrics = signal<ReadonlyMap<string, MetricSignal> | undefined>(undefined);
  readonly folders = signal<ReadonlyMap<string, FolderState>>(new Map());
  readonly failure = signal<string | undefined>(undefined);

  private readonly requestListing: (path: string) => void;

  /** @param requestListing asks the extension for a folder's artifacts */
  constructor(requestListing: (path: string) => void) {
    this.requestListing = requestListing;
  }

  /** Takes in a message of the extension. */
  receive(message: ToRunPage): void {
    switch (message.type) {
      case 'run':
        return this.receiveRun(message.run);
      case 'metrics':
        return batch(() => this.receiveMetrics(message.metrics));
      case 'artifacts':
        return this.setFolder(message.path, { loading: false, entries: message.entries });
      case 'artifactsFailed':
        return this.setFolder(message.path, {
          ...this.folders.value.get(message.path),
          loading: false,
          failure: message.message,
        });
      case 'failed':
        this.failure.value = message.message;
        return;
      default:
        return assertNever(message);
    }
  }

  /** Asks for a folder that is not known yet. */
  loadFolder(path: string): void {
    const known = this.folders.value.get(path);
    if (known && (known.loading || known.entries || known.failure !== undefined)) return;
    this.reloadFolder(path);
  }

  /** Asks for a folder again, and shows what was known of it until the answer comes. */
  reloadFolder(path: string): void {
    const entries = this.folders.value.get(path)?.entries;
    this.setFolder(path, { loading: true, ...(entries ? { entries } : {}) });
    this.requestListing(path);
  }

  /** Asks again for every folder that is known. */
  reloadFolders(): void {
    for (const path of this.folders.value.keys()) this.reloadFolder(path);
  }

  private receiveRun(run: RunPageRun): void {
    const before = this.run.value;
    this.run.value = run;
    this.failure.value = undefined;
    // Clients write artifacts past the store, so nothing tells of them. They set tags and end runs around the
    // same time, though.
    if (before && artifactsMayDiffer(before, run)) this.reloadFolders();
  }

  private receiveMetrics(metrics: readonly RunPageMetric[]): void {
    const known = this.metrics.value;
    const added: [string, MetricSignal][] = [];
    for (const metric of metrics) {
      const existing = known?.get(metric.key);
      if (!existing) added.push([metric.key, signal(metric)]);
      else if (!sameMetric(existing.peek(), metric)) existing.value = metric;
    }
    if (!known || added.length > 0) this.metrics.value = new Map([...(known ?? []), ...added]);
  }

  private setFolder(path: string, state: FolderState): void {
    this.folders.value = new Map(this.folders.value).set(path, state);
  }
}

/** What components need of the model without being able to feed it. */
export type MetricSource = ReadonlySignal<RunPageMetric>;

function artifactsMayDiffer(before: RunPageRun, after: RunPageRun): boolean {
  const traces = ({ status, tags, systemTags, models, artifactUri }: RunPageRun): string =>
    JSON.stringify([status, tags, systemTags, models, artifactUri]);
  return traces(before) !== traces(after);
}

/** Metrics only grow, so equal counts and ends mean equal histories. */
function sameMetric(a: RunPageMetric, b: RunPageMetric): boolean {
  return (
    a.count === b.count &&
    a.last === b.last &&
    a.lastStep === b.lastStep &&
    a.points.length === b.points.length &&
    a.min === b.min &&
    a.max === b.max
  );
}
