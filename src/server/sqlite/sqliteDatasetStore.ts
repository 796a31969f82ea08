import type { DatasetStore } from '../../core/stores/datasetStore.js';
import { searchDatasets } from './datasets/datasetSummaries.js';
import * as datasets from './datasets/datasets.js';
import * as experiments from './datasets/datasetExperiments.js';
import * as records from './datasets/records.js';
import type { StoreContext } from './storeContext.js';
import type { Sync } from './syncStore.js';

/** The datasets of MLflow's `SqlAlchemyStore` over one connection. */
export function createSqliteDatasetStore(context: StoreContext): Sync<DatasetStore> {
  return {
    createDataset: (request) => datasets.createDataset(context, request),
    getDataset: (id) => datasets.getDataset(context, id),
    deleteDataset: (id) => datasets.deleteDataset(context, id),
    searchEvaluationDatasets: (query) => datasets.searchEvaluationDatasets(context, query),
    setDatasetTags: (id, tags) => datasets.setDatasetTags(context, id, tags),
    deleteDatasetTag: (id, key) => datasets.deleteDatasetTag(context, id, key),

    upsertDatasetRecords: (id, json) => records.upsertDatasetRecords(context, id, json),
    getDatasetRecords: (request) => records.getDatasetRecords(context, request),
    deleteDatasetRecords: (id, recordIds) => records.deleteDatasetRecords(context, id, recordIds),

    getDatasetExperimentIds: (id) => experiments.getDatasetExperimentIds(context, id),
    addDatasetToExperiments: (id, ids) => experiments.addDatasetToExperiments(context, id, ids),
    removeDatasetFromExperiments: (id, ids) => experiments.removeDatasetFromExperiments(context, id, ids),

    searchDatasets: (ids) => searchDatasets(context, ids),
  };
}
