import type { MlflowStore } from '../stores/mlflowStore.js';
import type { HttpClient } from './httpClient.js';
import { createRestModelRegistry } from './restModelRegistry.js';
import { restAssessments } from './restAssessments.js';
import { restDatasets } from './restDatasets.js';
import { restTraces } from './restTraces.js';
import { createRestTrackingStore } from './restTrackingStore.js';

/** Everything behind a server that speaks MLflow's REST API. */
export function createRestStore(client: HttpClient): MlflowStore {
  return {
    ...createRestTrackingStore(client),
    ...createRestModelRegistry(client),
    ...restTraces(client),
    ...restAssessments(client),
    ...restDatasets(client),
  };
}
