/** MLflow's limits (`mlflow.utils.validation`, `mlflow.store.tracking`, 3.18). */
export const LIMITS = {
  batchMetrics: 1000,
  batchParams: 100,
  batchTags: 100,
  batchTotal: 1000,
  /** Of a log-batch body, in bytes. */
  batchBytes: 1_000_000,
  keyLength: 250,
  paramValueLength: 6000,
  tagValueLength: 8000,
  experimentNameLength: 500,
  experimentTagKeyLength: 250,
  experimentTagValueLength: 5000,
  searchRunsDefault: 1000,
  searchRunsMax: 50_000,
  searchExperimentsDefault: 1000,
  searchExperimentsMax: 50_000,
  historyPage: 25_000,
  bulkHistoryRuns: 100,
  bulkHistoryResults: 25_000,
  searchLoggedModelsDefault: 100,
} as const;
