import { DATASET_STORE_METHODS, type DatasetStore } from './datasetStore.js';
import { MODEL_REGISTRY_METHODS, type ModelRegistry } from './modelRegistry.js';
import { TRACE_STORE_METHODS, type TraceStore } from './traceStore.js';
import { TRACKING_STORE_METHODS, type TrackingStore } from './trackingStore.js';

/** Everything that one MLflow server keeps. Each part is an interface of its own, for who needs no more. */
export type MlflowStore = TrackingStore & ModelRegistry & TraceStore & DatasetStore;

/** Whether a method of the store only reads, for all parts. */
export const MLFLOW_STORE_METHODS: Readonly<Record<keyof MlflowStore, 'read' | 'write'>> = {
  ...TRACKING_STORE_METHODS,
  ...MODEL_REGISTRY_METHODS,
  ...TRACE_STORE_METHODS,
  ...DATASET_STORE_METHODS,
};
