import type { ArtifactEntry } from '../core/domain/artifact.js';
import type { Staleness } from '../core/domain/runLiveness.js';
import type { RunStatus } from '../core/domain/run.js';

/** The run page's messages. Values are ready for JSON: no bigint, no NaN (see {@link MetricNumber}). */

/** A metric's value as JSON can carry it. */
export type MetricNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** A point of a sparkline; `x` is the step. */
export interface SparkPoint {
  readonly x: number;
  readonly y: MetricNumber;
}

export interface RunPageMetric {
  readonly key: string;
  readonly last: MetricNumber;
  /** Absent when nothing but NaN was logged. */
  readonly min?: MetricNumber;
  readonly max?: MetricNumber;
  /** The step of the last value, in decimal digits. */
  readonly lastStep: string;
  readonly count: number;
  readonly points: readonly SparkPoint[];
  /** Whether `points` leave values out. */
  readonly sampled: boolean;
}

export interface RunPageRun {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly storeLabel: string;
  readonly status: RunStatus;
  readonly lifecycleStage: 'active' | 'deleted';
  /** Why the run is not believed to be running, although its status says so. */
  readonly stale?: Staleness;
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly startTime?: number;
  readonly endTime?: number;
  readonly artifactUri: string;
  readonly source?: { readonly name: string; readonly commit?: string; readonly branch?: string };
  readonly parent?: { readonly runId: string; readonly runName: string };
  readonly note?: string;
  readonly params: readonly { readonly key: string; readonly value: string }[];
  /** The tags that people set; `systemTags` are those that begin with `mlflow.`. */
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly systemTags: readonly { readonly key: string; readonly value: string }[];
  readonly datasets: readonly { readonly name: string; readonly digest: string; readonly context?: string }[];
  readonly models: readonly { readonly modelId: string; readonly name: string }[];
}

/** Extension to page. */
export type ToRunPage =
  | { readonly type: 'run'; readonly run: RunPageRun }
  /** Metrics that are new or changed; the page keeps those that are left out. */
  | { readonly type: 'metrics'; readonly metrics: readonly RunPageMetric[] }
  | { readonly type: 'artifacts'; readonly path: string; readonly entries: readonly ArtifactEntry[] }
  | { readonly type: 'artifactsFailed'; readonly path: string; readonly message: string }
  /** The run could not be read; what was shown before stays. */
  | { readonly type: 'failed'; readonly message: string };

/** Page to extension. */
export type FromRunPage =
  /** The page listens: send everything. Also sent when a hidden page shows again. */
  | { readonly type: 'ready' }
  | { readonly type: 'listArtifacts'; readonly path: string }
  | { readonly type: 'openArtifact'; readonly path: string }
  | { readonly type: 'openRun'; readonly runId: string }
  | { readonly type: 'openSource' }
  /** Ends the run, which has not done so itself. */
  | { readonly type: 'endRun'; readonly status: 'FAILED' | 'KILLED' }
  | { readonly type: 'copy'; readonly text: string };

/**
 * What the page keeps with `setState`. VS Code hands it to the extension when it restores the panel after a
 * reload, so it says which run was shown; the rest is how the person left the page.
 */
export interface RunPageState {
  readonly runId: string | undefined;
  /** Sections, groups of metrics and folders of artifacts that differ from their usual state, by their id. */
  readonly expanded: Readonly<Record<string, boolean>>;
  /** Filter texts by table. */
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: { readonly column: RunPageSortColumn; readonly descending: boolean };
  /** Keys of the metrics whose charts are open. */
  readonly charts: readonly string[];
  /** Keys of the metrics whose charts have a logarithmic scale. */
  readonly logarithmic: readonly string[];
}

export type RunPageSortColumn = 'key' | 'last' | 'min' | 'max' | 'step' | 'count';
