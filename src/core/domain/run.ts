import type { DatasetInput, ModelInput, ModelOutput } from './inputs.js';
import type { LifecycleStage } from './experiment.js';
import type { Int64 } from './int64.js';
import type { Tag } from './tag.js';

/** Every status that a run can have, in the order of MLflow's numbers for them (1 to 5). */
export const RUN_STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];

/** Whether `text` is a status of a run. */
export function isRunStatus(text: unknown): text is RunStatus {
  return RUN_STATUSES.some((status) => status === text);
}

/** Whether a run of this status will not change any more by itself. */
export function isTerminated(status: RunStatus): boolean {
  return status === 'FINISHED' || status === 'FAILED' || status === 'KILLED';
}

/**
 * A value of a metric. `value` may be NaN or infinite. `timestamp` is in milliseconds since the epoch.
 * The latest value of a metric is the greatest by (step, timestamp, value).
 */
export interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Int64;
  readonly step: Int64;
  /** The logged model that the value belongs to, where one was named (MLflow 3). */
  readonly modelId?: string;
  /** The dataset that the value was measured on, where one was named (MLflow 3). */
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A metric's value and the run that logged it. */
export interface RunMetric extends Metric {
  readonly runId: string;
}

/** A parameter: logged once, never changed. */
export interface Param {
  readonly key: string;
  readonly value: string;
}

/** What a run is, without what it logged. Times are milliseconds since the epoch. */
export interface RunInfo {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

/** A run with the latest value of each metric, its parameters, tags, inputs and outputs. */
export interface Run {
  readonly info: RunInfo;
  readonly metrics: readonly Metric[];
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly datasetInputs: readonly DatasetInput[];
  readonly modelInputs: readonly ModelInput[];
  readonly modelOutputs: readonly ModelOutput[];
}
