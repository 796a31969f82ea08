/** A call of MLflow's REST API: its method and its path below `/api/<version>/mlflow`. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** 2.0 where absent. */
  readonly version?: '3.0';
}

export const get = (path: string): Endpoint => ({ method: 'GET', path });
export const post = (path: string): Endpoint => ({ method: 'POST', path });
export const patch = (path: string): Endpoint => ({ method: 'PATCH', path });
export const remove = (path: string): Endpoint => ({ method: 'DELETE', path });

const v3 = (endpoint: Endpoint): Endpoint => ({ ...endpoint, version: '3.0' });

/** Below which versions of the API MLflow has its tracking calls. */
const API_PREFIX = '/api/2.0/mlflow';
export const AJAX_PREFIX = '/ajax-api/2.0/mlflow';
const API_3_PREFIX = '/api/3.0/mlflow';
const AJAX_3_PREFIX = '/ajax-api/3.0/mlflow';

/** What stands before an endpoint's path: for programs, and for MLflow's own pages. */
export function prefixesOf({ version }: Endpoint): readonly [api: string, ajax: string] {
  return version === '3.0' ? [API_3_PREFIX, AJAX_3_PREFIX] : [API_PREFIX, AJAX_PREFIX];
}
/** Of the artifact proxy, which has a namespace of its own. */
export const ARTIFACTS_PREFIX = '/api/2.0/mlflow-artifacts';
export const AJAX_ARTIFACTS_PREFIX = '/ajax-api/2.0/mlflow-artifacts';

/** Where spans are sent to, as OpenTelemetry has it. */
export const OTLP_TRACES_PATH = '/v1/traces';
/** The header that says which experiment they go to. */
export const OTLP_EXPERIMENT_HEADER = 'x-mlflow-experiment-id';

/** The calls of MLflow's API that the server answers and the client makes. `:name` is a part that varies. */
export const ENDPOINTS = {
  createExperiment: post('/experiments/create'),
  searchExperiments: post('/experiments/search'),
  searchExperimentsByGet: get('/experiments/search'),
  getExperiment: get('/experiments/get'),
  getExperimentByName: get('/experiments/get-by-name'),
  deleteExperiment: post('/experiments/delete'),
  restoreExperiment: post('/experiments/restore'),
  updateExperiment: post('/experiments/update'),
  setExperimentTag: post('/experiments/set-experiment-tag'),
  deleteExperimentTag: post('/experiments/delete-experiment-tag'),

  createRun: post('/runs/create'),
  getRun: get('/runs/get'),
  updateRun: post('/runs/update'),
  deleteRun: post('/runs/delete'),
  restoreRun: post('/runs/restore'),
  searchRuns: post('/runs/search'),
  logMetric: post('/runs/log-metric'),
  logParam: post('/runs/log-parameter'),
  logBatch: post('/runs/log-batch'),
  logInputs: post('/runs/log-inputs'),
  logOutputs: post('/runs/outputs'),
  logModel: post('/runs/log-model'),
  setTag: post('/runs/set-tag'),
  deleteTag: post('/runs/delete-tag'),

  metricHistory: get('/metrics/get-history'),
  metricHistoryBulk: get('/metrics/get-history-bulk'),
  metricHistoryBulkInterval: get('/metrics/get-history-bulk-interval'),

  listArtifacts: get('/artifacts/list'),

  createLoggedModel: post('/logged-models'),
  searchLoggedModels: post('/logged-models/search'),
  getLoggedModel: get('/logged-models/:model_id'),
  finalizeLoggedModel: patch('/logged-models/:model_id'),
  deleteLoggedModel: remove('/logged-models/:model_id'),
  logLoggedModelParams: post('/logged-models/:model_id/params'),
  setLoggedModelTags: patch('/logged-models/:model_id/tags'),
  deleteLoggedModelTag: remove('/logged-models/:model_id/tags/:tag_key'),
  listLoggedModelArtifacts: get('/logged-models/:model_id/artifacts/directories'),
  loggedModelFile: get('/logged-models/:model_id/artifacts/files'),

  startTrace: v3(post('/traces')),
  getTraceInfo: v3(get('/traces/:trace_id')),
  getTrace: v3(get('/traces/get')),
  getTraces: v3(get('/traces/batchGet')),
  getTraceInfos: v3(post('/traces/batchGetInfos')),
  searchTraces: v3(post('/traces/search')),
  setTraceTag: v3(patch('/traces/:trace_id/tags')),
  deleteTraceTag: v3(remove('/traces/:trace_id/tags')),
  deleteTraces: v3(post('/traces/delete-traces')),
  linkTracesToRun: post('/traces/link-to-run'),
  linkPromptsToTrace: post('/traces/link-prompts'),

  createAssessment: v3(post('/traces/:trace_id/assessments')),
  getAssessment: v3(get('/traces/:trace_id/assessments/:assessment_id')),
  updateAssessment: v3(patch('/traces/:trace_id/assessments/:assessment_id')),
  deleteAssessment: v3(remove('/traces/:trace_id/assessments/:assessment_id')),

  // As clients before MLflow 3 have them, and as those of MLflow 3 still use some.
  beginTraceV2: post('/traces'),
  endTraceV2: patch('/traces/:trace_id'),
  getTraceInfoV2: get('/traces/:trace_id/info'),
  searchTracesV2: get('/traces'),
  setTraceTagV2: patch('/traces/:trace_id/tags'),
  deleteTraceTagV2: remove('/traces/:trace_id/tags'),
  deleteTracesV2: post('/traces/delete-traces'),
  traceArtifact: get('/get-trace-artifact'),
  traceArtifactV3: v3(get('/get-trace-artifact')),

  createDataset: v3(post('/datasets/create')),
  searchEvaluationDatasets: v3(post('/datasets/search')),
  searchEvaluationDatasetsByGet: v3(get('/datasets/search')),
  getDataset: v3(get('/datasets/:dataset_id')),
  deleteDataset: v3(remove('/datasets/:dataset_id')),
  setDatasetTags: v3(patch('/datasets/:dataset_id/tags')),
  deleteDatasetTag: v3(remove('/datasets/:dataset_id/tags/:key')),
  upsertDatasetRecords: v3(post('/datasets/:dataset_id/records')),
  getDatasetRecords: v3(get('/datasets/:dataset_id/records')),
  deleteDatasetRecords: v3(remove('/datasets/:dataset_id/records')),
  datasetExperimentIds: v3(get('/datasets/:dataset_id/experiment-ids')),
  addDatasetToExperiments: v3(post('/datasets/:dataset_id/add-experiments')),
  removeDatasetFromExperiments: v3(post('/datasets/:dataset_id/remove-experiments')),
  searchDatasets: post('/experiments/search-datasets'),
} as const satisfies Record<string, Endpoint>;
