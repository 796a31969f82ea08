import type { Experiment, ViewType } from '../domain/experiment.js';
import type { DatasetInput, ModelInput, ModelOutput } from '../domain/inputs.js';
import type { LoggedModel, LoggedModelStatus } from '../domain/loggedModel.js';
import type { MetricSummary } from '../domain/metricSummary.js';
import type { Metric, Param, Run, RunInfo, RunMetric, RunStatus } from '../domain/run.js';
import type { Tag } from '../domain/tag.js';

/** Some of many results; `nextPageToken` is there when more follow. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
}

export interface CreateExperiment {
  readonly name: string;
  /** Where runs keep their artifacts; the store's default where absent. */
  readonly artifactLocation?: string;
  readonly tags: readonly Tag[];
}

export interface SearchExperiments {
  readonly viewType: ViewType;
  readonly maxResults: number;
  /** In MLflow's filter grammar; absent or empty for all. */
  readonly filter?: string;
  readonly orderBy: readonly string[];
  readonly pageToken?: string;
}

export interface CreateRun {
  readonly experimentId: string;
  readonly userId?: string;
  readonly runName?: string;
  /** Milliseconds since the epoch. */
  readonly startTime?: number;
  readonly tags: readonly Tag[];
}

export interface UpdateRun {
  readonly runId: string;
  readonly status?: RunStatus;
  readonly endTime?: number;
  readonly runName?: string;
}

/** What a search brings of each run's values, for callers that show little of many. A store may bring more. */
export interface RunExcerpt {
  /** The one metric that comes; the first by name where empty. */
  readonly metric: string;
  /** The tags that come. No parameter and no input does. */
  readonly tags: readonly string[];
}

export interface SearchRuns {
  readonly experimentIds: readonly string[];
  /** In MLflow's filter grammar; absent or empty for all. */
  readonly filter?: string;
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken?: string;
  /** Everything that was logged comes where absent. */
  readonly excerpt?: RunExcerpt;
}

export interface LogBatch {
  readonly runId: string;
  readonly metrics: readonly Metric[];
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
}

export interface LogInputs {
  readonly runId: string;
  readonly datasets: readonly DatasetInput[];
  readonly models: readonly ModelInput[];
}

export interface LogOutputs {
  readonly runId: string;
  readonly models: readonly ModelOutput[];
}

export interface MetricHistoryQuery {
  readonly runId: string;
  readonly key: string;
  /** The whole history in one page where absent, as MLflow answers it. */
  readonly maxResults?: number;
  readonly pageToken?: string;
}

export interface MetricIntervalQuery {
  readonly runIds: readonly string[];
  readonly key: string;
  /** Of each run. */
  readonly maxResults: number;
  /** The least and the greatest step, where only an interval is wanted. */
  readonly startStep?: number;
  readonly endStep?: number;
}

export interface CreateLoggedModel {
  readonly experimentId: string;
  readonly name?: string;
  readonly modelType?: string;
  readonly sourceRunId?: string;
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
}

export interface SearchLoggedModels {
  readonly experimentIds: readonly string[];
  readonly filter?: string;
  readonly datasets: readonly { readonly name: string; readonly digest?: string }[];
  readonly maxResults: number;
  readonly orderBy: readonly LoggedModelOrder[];
  readonly pageToken?: string;
}

export interface LoggedModelOrder {
  readonly fieldName: string;
  readonly ascending: boolean;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/**
 * MLflow's tracking store: what MLflow calls `AbstractStore`, in the same terms. Every method fails with an
 * {@link MlflowError} whose code and message are MLflow's. Ids are MLflow's: digits for experiments, 32
 * hexadecimal digits for runs, `m-` and 32 for logged models.
 */
export interface TrackingStore {
  createExperiment(request: CreateExperiment): Promise<string>;
  getExperiment(experimentId: string): Promise<Experiment>;
  getExperimentByName(name: string): Promise<Experiment>;
  searchExperiments(query: SearchExperiments): Promise<Page<Experiment>>;
  renameExperiment(experimentId: string, newName: string): Promise<void>;
  deleteExperiment(experimentId: string): Promise<void>;
  restoreExperiment(experimentId: string): Promise<void>;
  setExperimentTag(experimentId: string, tag: Tag): Promise<void>;
  deleteExperimentTag(experimentId: string, key: string): Promise<void>;

  createRun(request: CreateRun): Promise<Run>;
  getRun(runId: string): Promise<Run>;
  updateRun(request: UpdateRun): Promise<RunInfo>;
  deleteRun(runId: string): Promise<void>;
  restoreRun(runId: string): Promise<void>;
  searchRuns(query: SearchRuns): Promise<Page<Run>>;

  logMetric(runId: string, metric: Metric): Promise<void>;
  logParam(runId: string, param: Param): Promise<void>;
  setTag(runId: string, tag: Tag): Promise<void>;
  deleteTag(runId: string, key: string): Promise<void>;
  logBatch(batch: LogBatch): Promise<void>;
  logInputs(request: LogInputs): Promise<void>;
  logOutputs(request: LogOutputs): Promise<void>;
  getMetricHistory(query: MetricHistoryQuery): Promise<Page<Metric>>;
  /** Of several runs a part of a metric's values, evenly spread by step: what a chart shows. */
  getMetricHistoryBulkInterval(query: MetricIntervalQuery): Promise<readonly RunMetric[]>;

  createLoggedModel(request: CreateLoggedModel): Promise<LoggedModel>;
  getLoggedModel(modelId: string): Promise<LoggedModel>;
  finalizeLoggedModel(modelId: string, status: LoggedModelStatus): Promise<LoggedModel>;
  deleteLoggedModel(modelId: string): Promise<void>;
  logLoggedModelParams(modelId: string, params: readonly Param[]): Promise<void>;
  setLoggedModelTags(modelId: string, tags: readonly Tag[]): Promise<void>;
  deleteLoggedModelTag(modelId: string, key: string): Promise<void>;
  searchLoggedModels(query: SearchLoggedModels): Promise<Page<LoggedModel>>;

  /**
   * The summary of every metric of a run, by key. MLflow has no such call: over REST it is an endpoint of
   * this project's own server, and is put together from histories where the server is somebody else's.
   * @param points the most points of each metric's `points`
   */
  getMetricSummaries(runId: string, points: number): Promise<readonly MetricSummary[]>;
}

/** Whether a method of the store only reads. Exhaustive, so that a new method cannot forget to say. */
export const TRACKING_STORE_METHODS: Readonly<Record<keyof TrackingStore, 'read' | 'write'>> = {
  createExperiment: 'write',
  getExperiment: 'read',
  getExperimentByName: 'read',
  searchExperiments: 'read',
  renameExperiment: 'write',
  deleteExperiment: 'write',
  restoreExperiment: 'write',
  setExperimentTag: 'write',
  deleteExperimentTag: 'write',
  createRun: 'write',
  getRun: 'read',
  updateRun: 'write',
  deleteRun: 'write',
  restoreRun: 'write',
  searchRuns: 'read',
  logMetric: 'write',
  logParam: 'write',
  setTag: 'write',
  deleteTag: 'write',
  logBatch: 'write',
  logInputs: 'write',
  logOutputs: 'write',
  getMetricHistory: 'read',
  getMetricHistoryBulkInterval: 'read',
  createLoggedModel: 'write',
  getLoggedModel: 'read',
  finalizeLoggedModel: 'write',
  deleteLoggedModel: 'write',
  logLoggedModelParams: 'write',
  setLoggedModelTags: 'write',
  deleteLoggedModelTag: 'write',
  searchLoggedModels: 'read',
  getMetricSummaries: 'read',
};
