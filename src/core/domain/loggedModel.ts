import type { Int64 } from './int64.js';
import type { Metric, Param } from './run.js';
import type { Tag } from './tag.js';

/** The states of a logged model, by MLflow's names for them. */
export const LOGGED_MODEL_STATUSES = [
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] as const;

export type LoggedModelStatus = (typeof LOGGED_MODEL_STATUSES)[number];

/** A model as MLflow 3 logs it: a thing of its own, not a folder among a run's artifacts. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  /** Milliseconds since the epoch. */
  readonly creationTime: Int64;
  readonly lastUpdatedTime: Int64;
  readonly status: LoggedModelStatus;
  readonly statusMessage?: string;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly tags: readonly Tag[];
  readonly params: readonly Param[];
  readonly metrics: readonly LoggedModelMetric[];
}

/** The latest value of a metric that was measured on a model. */
export interface LoggedModelMetric extends Metric {
  readonly modelId: string;
  readonly runId: string;
}
