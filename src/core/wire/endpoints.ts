/** A call of MLflow's REST API: its method and its path below `/api/<version>/mlflow`. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
}

export const get = (path: string): Endpoint => ({ method: 'GET', path });
export const post = (path: string): Endpoint => ({ method: 'POST', path });
export const patch = (path: string): Endpoint => ({ method: 'PATCH', path });
export const remove = (path: string): Endpoint => ({ method: 'DELETE', path });

/** Below which versions of the API MLflow has its tracking calls. */
export const API_PREFIX = '/api/2.0/mlflow';
export const AJAX_PREFIX = '/ajax-api/2.0/mlflow';
/** Of the artifact proxy, which has a namespace of its own. */
export const ARTIFACTS_PREFIX = '/api/2.0/mlflow-artifacts';
export const AJAX_ARTIFACTS_PREFIX = '/ajax-api/2.0/mlflow-artifacts';

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
} as const satisfies Record<string, Endpoint>;
