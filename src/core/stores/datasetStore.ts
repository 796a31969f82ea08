import type { DatasetRecord, DatasetSummary, EvaluationDataset } from '../domain/evaluationDataset.js';
import type { Tag } from '../domain/tag.js';
import type { Page } from './trackingStore.js';

export interface CreateDataset {
  readonly name: string;
  readonly experimentIds: readonly string[];
  readonly tags: readonly Tag[];
}

export interface SearchEvaluationDatasets {
  /** Of any where empty. */
  readonly experimentIds: readonly string[];
  /** In MLflow's filter grammar; absent or empty for all. */
  readonly filter?: string;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken?: string;
}

export interface UpsertedRecords {
  readonly inserted: number;
  readonly updated: number;
}

export interface GetDatasetRecords {
  readonly datasetId: string;
  readonly maxResults: number;
  readonly pageToken?: string;
}

/** The datasets of a server: those to evaluate by, and what is known of those that runs have logged. */
export interface DatasetStore {
  createDataset(request: CreateDataset): Promise<EvaluationDataset>;
  getDataset(datasetId: string): Promise<EvaluationDataset>;
  /** A dataset that is not there counts as deleted. */
  deleteDataset(datasetId: string): Promise<void>;
  searchEvaluationDatasets(query: SearchEvaluationDatasets): Promise<Page<EvaluationDataset>>;
  setDatasetTags(datasetId: string, tags: readonly Tag[]): Promise<void>;
  /** A tag that is not there counts as deleted. */
  deleteDatasetTag(datasetId: string, key: string): Promise<void>;

  /**
   * Adds records, or to those that have the same inputs what is new of them.
   * @param records JSON text of a list of objects, as MLflow's clients send it
   */
  upsertDatasetRecords(datasetId: string, records: string): Promise<UpsertedRecords>;
  /** The oldest first. */
  getDatasetRecords(request: GetDatasetRecords): Promise<Page<DatasetRecord>>;
  /** @returns how many were deleted */
  deleteDatasetRecords(datasetId: string, recordIds: readonly string[]): Promise<number>;

  getDatasetExperimentIds(datasetId: string): Promise<readonly string[]>;
  addDatasetToExperiments(datasetId: string, experimentIds: readonly string[]): Promise<EvaluationDataset>;
  removeDatasetFromExperiments(
    datasetId: string,
    experimentIds: readonly string[],
  ): Promise<EvaluationDataset>;

  /** The datasets that runs of these experiments have logged. */
  searchDatasets(experimentIds: readonly string[]): Promise<readonly DatasetSummary[]>;
}

/** Whether a method of the store only reads. */
export const DATASET_STORE_METHODS: Readonly<Record<keyof DatasetStore, 'read' | 'write'>> = {
  createDataset: 'write',
  getDataset: 'read',
  deleteDataset: 'write',
  searchEvaluationDatasets: 'read',
  setDatasetTags: 'write',
  deleteDatasetTag: 'write',
  upsertDatasetRecords: 'write',
  getDatasetRecords: 'read',
  deleteDatasetRecords: 'write',
  getDatasetExperimentIds: 'read',
  addDatasetToExperiments: 'write',
  removeDatasetFromExperiments: 'write',
  searchDatasets: 'read',
};
