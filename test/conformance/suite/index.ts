import { describe } from 'vitest';
import { describeAssessments } from './assessments.js';
import { describeDatasets } from './datasets.js';
import { describeExperiments } from './experiments.js';
import { describeInputs } from './inputs.js';
import { describeLogBatch } from './logBatch.js';
import { describeLoggedModels } from './loggedModels.js';
import { describeMetricIntervals } from './metricIntervals.js';
import { describeMetrics } from './metrics.js';
import { describeMetricSummaries } from './metricSummaries.js';
import { describeModels } from './models.js';
import { describeModelVersions } from './modelVersions.js';
import { describeRegisteredModels } from './registeredModels.js';
import { describeRuns } from './runs.js';
import { describeSearchExperiments } from './searchExperiments.js';
import { describeSearchLoggedModels } from './searchLoggedModels.js';
import { describeSearchRegistry } from './searchRegistry.js';
import { describeSearchRuns } from './searchRuns.js';
import { describeSearchTraces } from './searchTraces.js';
import type { OpenSubject } from './subject.js';
import { describeTagsAndParams } from './tagsAndParams.js';
import { describeTraces } from './traces.js';

/**
 * The one suite for every way to a tracking store.
 * @param name the way that is taken
 * @param open makes a new, empty store
 */
export function describeTrackingStore(name: string, open: OpenSubject): void {
  describe(name, () => {
    for (const area of [
      describeExperiments,
      describeSearchExperiments,
      describeRuns,
      describeTagsAndParams,
      describeMetrics,
      describeMetricIntervals,
      describeLogBatch,
      describeInputs,
      describeSearchRuns,
      describeLoggedModels,
      describeSearchLoggedModels,
      describeMetricSummaries,
      describeModels,
      describeTraces,
      describeSearchTraces,
      describeAssessments,
      describeDatasets,
      describeRegisteredModels,
      describeModelVersions,
      describeSearchRegistry,
    ]) {
      area(open);
    }
  });
}
