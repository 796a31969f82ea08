import * as experiments from './experiments.js';
import { logInputs, logOutputs } from './inputs.js';
import { logBatch } from './logBatch.js';
import * as models from './loggedModels.js';
import { getMetricHistory } from './metricHistory.js';
import { getMetricHistoryBulkInterval } from './metricIntervals.js';
import { logMetric } from './metrics.js';
import { MetricSummaries } from './metricSummaries.js';
import { logParam } from './params.js';
import * as runs from './runs.js';
import * as searches from './searches.js';
import type { StoreContext } from './storeContext.js';
import type { TrackingStore } from '../../core/stores/trackingStore.js';
import type { Sync } from './syncStore.js';
import { deleteTag, setTag } from './tags.js';

/** MLflow's tracking store over one connection: what MLflow calls `SqlAlchemyStore`. */
export function createSqliteTrackingStore(context: StoreContext): Sync<TrackingStore> {
  const summaries = new MetricSummaries();
  return {
    createExperiment: (request) => experiments.createExperiment(context, request),
    getExperiment: (id) => experiments.getExperiment(context, id),
    getExperimentByName: (name) => experiments.getExperimentByName(context, name),
    searchExperiments: (query) => searches.searchExperiments(context, query),
    renameExperiment: (id, newName) => experiments.renameExperiment(context, id, newName),
    deleteExperiment: (id) => experiments.deleteExperiment(context, id),
    restoreExperiment: (id) => experiments.restoreExperiment(context, id),
    setExperimentTag: (id, tag) => experiments.setExperimentTag(context, id, tag),
    deleteExperimentTag: (id, key) => experiments.deleteExperimentTag(context, id, key),

    createRun: (request) => runs.createRun(context, request),
    getRun: (runId) => runs.getRun(context, runId),
    updateRun: (request) => runs.updateRun(context, request),
    deleteRun: (runId) => runs.deleteRun(context, runId),
    restoreRun: (runId) => runs.restoreRun(context, runId),
    searchRuns: (query) => searches.searchRuns(context, query),

    logMetric: (runId, metric) => logMetric(context, runId, metric),
    logParam: (runId, param) => logParam(context, runId, param),
    setTag: (runId, tag) => setTag(context, runId, tag),
    deleteTag: (runId, key) => deleteTag(context, runId, key),
    logBatch: (batch) => logBatch(context, batch),
    logInputs: (request) => logInputs(context, request),
    logOutputs: (request) => logOutputs(context, request),
    getMetricHistory: (query) => getMetricHistory(context, query),
    getMetricHistoryBulkInterval: (query) => getMetricHistoryBulkInterval(context, query),

    createLoggedModel: (request) => models.createLoggedModel(context, request),
    getLoggedModel: (modelId) => models.getLoggedModel(context, modelId),
    finalizeLoggedModel: (modelId, status) => models.finalizeLoggedModel(context, modelId, status),
    deleteLoggedModel: (modelId) => models.deleteLoggedModel(context, modelId),
    logLoggedModelParams: (modelId, params) => models.logLoggedModelParams(context, modelId, params),
    setLoggedModelTags: (modelId, tags) => models.setLoggedModelTags(context, modelId, tags),
    deleteLoggedModelTag: (modelId, key) => models.deleteLoggedModelTag(context, modelId, key),
    searchLoggedModels: (query) => searches.searchLoggedModels(context, query),

    getMetricSummaries: (runId, points) => summaries.get(context, runId, points),
  };
}
