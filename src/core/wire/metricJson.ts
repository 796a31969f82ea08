import type { LoggedModelMetric } from '../domain/loggedModel.js';
import type { Metric, RunMetric } from '../domain/run.js';
import { doubleIn, doubleToJson, int64In, type JsonObject, optionalText, text } from './readJson.js';

/** A metric of a run, as `runs/get` and `metrics/get-history` answer it: without model and dataset. */
export function metricToJson({ key, value, timestamp, step }: Metric): JsonObject {
  return { key, value: doubleToJson(value), timestamp, step };
}

/** A metric as it is logged: with the model and the dataset that it was measured on. */
export function loggedMetricToJson(metric: Metric): JsonObject {
  return {
    ...metricToJson(metric),
    ...(metric.datasetName && { dataset_name: metric.datasetName }),
    ...(metric.datasetDigest && { dataset_digest: metric.datasetDigest }),
    ...(metric.modelId && { model_id: metric.modelId }),
  };
}

/** A metric of one of several runs, as the bulk histories answer it. */
export function runMetricToJson(metric: RunMetric): JsonObject {
  return { ...metricToJson(metric), run_id: metric.runId };
}

export function runMetricFromJson(json: unknown): RunMetric {
  return { ...metricFromJson(json), runId: text(json, 'run_id') };
}

/** A metric of a logged model. */
export function modelMetricToJson(metric: LoggedModelMetric): JsonObject {
  return { ...loggedMetricToJson(metric), run_id: metric.runId };
}

export function metricFromJson(json: unknown): Metric {
  const modelId = optionalText(json, 'model_id');
  const datasetName = optionalText(json, 'dataset_name');
  const datasetDigest = optionalText(json, 'dataset_digest');
  return {
    key: text(json, 'key'),
    value: doubleIn(json, 'value'),
    timestamp: int64In(json, 'timestamp'),
    step: int64In(json, 'step'),
    ...(modelId !== undefined && { modelId }),
    ...(datasetName !== undefined && { datasetName }),
    ...(datasetDigest !== undefined && { datasetDigest }),
  };
}
