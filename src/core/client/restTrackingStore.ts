import type { TrackingStore } from '../stores/trackingStore.js';
import type { HttpClient } from './httpClient.js';
import { restExperiments } from './restExperiments.js';
import { restLoggedModels } from './restLoggedModels.js';
import { restLogging } from './restLogging.js';
import { restMetricSummaries } from './restMetricSummaries.js';
import { restRuns } from './restRuns.js';

/** The tracking store behind any server that speaks MLflow's REST API. */
export function createRestTrackingStore(client: HttpClient): TrackingStore {
  const runs = restRuns(client);
  const logging = restLogging(client);
  return {
    ...restExperiments(client),
    ...runs,
    ...logging,
    ...restLoggedModels(client),
    getMetricSummaries: restMetricSummaries(client, { ...runs, ...logging }),
  };
}
