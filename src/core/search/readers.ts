import type { Experiment } from '../domain/experiment.js';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../domain/loggedModel.js';
import { compareInt64 } from '../domain/int64.js';
import type { Run } from '../domain/run.js';
import { SYSTEM_TAGS, type Tag } from '../domain/tag.js';
import type { FieldReference } from './ast.js';
import type { MODEL_STATUS_NAMES } from './entities.js';
import type { FieldReader, FieldValue } from './evaluate.js';
import type { DatasetChoice } from './order.js';

/** The tag of an input that says what a data set was used for. */
export const DATASET_CONTEXT_TAG = 'mlflow.data.context';

const STATUS_NAMES: Readonly<Record<LoggedModelStatus, (typeof MODEL_STATUS_NAMES)[number]>> = {
  LOGGED_MODEL_PENDING: 'PENDING',
  LOGGED_MODEL_READY: 'READY',
  LOGGED_MODEL_UPLOAD_FAILED: 'FAILED',
};

/** Reads the fields of a run as filters see them: there its name is its tag. */
export function runReader(run: Run): FieldReader {
  return ({ group, key }) => {
    switch (group) {
      case 'metric':
        return present(storedMetric(run.metrics.find((metric) => metric.key === key)?.value));
      case 'parameter':
        return valueOf(run.params, key);
      case 'tag':
        return valueOf(run.tags, key);
      case 'dataset':
        return datasetValues(run, key);
      default:
        return key === 'run_name' ? valueOf(run.tags, SYSTEM_TAGS.runName) : present(runAttribute(run, key));
    }
  };
}

/** An attribute of a run, its name as shown included. */
export function runAttribute({ info }: Run, key: string): FieldValue | undefined {
  switch (key) {
    case 'run_id':
      return info.runId;
    case 'run_name':
      return info.runName;
    case 'user_id':
      return info.userId;
    case 'status':
      return info.status;
    case 'artifact_uri':
      return info.artifactUri;
    case 'start_time':
      return info.startTime;
    case 'end_time':
      return info.endTime;
    default:
      return undefined;
  }
}

function datasetValues(run: Run, key: string): FieldValue[] {
  return run.datasetInputs.flatMap(({ dataset, tags }) => {
    switch (key) {
      case 'name':
        return [dataset.name];
      case 'digest':
        return [dataset.digest];
      default:
        return valueOf(tags, DATASET_CONTEXT_TAG);
    }
  });
}

/** Reads the fields of an experiment. */
export function experimentReader(experiment: Experiment): FieldReader {
  return ({ group, key }) =>
    group === 'tag' ? valueOf(experiment.tags, key) : present(experimentAttribute(experiment, key));
}

function experimentAttribute(experiment: Experiment, key: string): FieldValue | undefined {
  switch (key) {
    case 'name':
      return experiment.name;
    case 'experiment_id':
      return Number(experiment.experimentId);
    case 'creation_time':
      return experiment.creationTime;
    case 'last_update_time':
      return experiment.lastUpdateTime;
    default:
      return undefined;
  }
}

/**
 * Reads the fields of a logged model.
 * @param datasets only metrics measured on one of these count; on anything where empty
 * @param dataset and on this one besides
 */
export function loggedModelReader(
  model: LoggedModel,
  datasets: readonly DatasetChoice[] = [],
  dataset: DatasetChoice = {},
): FieldReader {
  return ({ group, key }) => {
    switch (group) {
      case 'metric':
        return present(latestModelMetric(model, key, datasets, dataset));
      case 'parameter':
        return valueOf(model.params, key);
      case 'tag':
        return valueOf(model.tags, key);
      default:
        return present(loggedModelAttribute(model, key));
    }
  };
}

/** The value of the metric at the greatest step, then time, then value, among those on the right data sets. */
function latestModelMetric(
  model: LoggedModel,
  key: string,
  datasets: readonly DatasetChoice[],
  dataset: DatasetChoice,
): number | undefined {
  const candidates = model.metrics.filter(
    (metric) => metric.key === key && isMeasuredOn(metric, datasets) && isMeasuredOn(metric, [dataset]),
  );
  const latest = candidates.reduce<LoggedModelMetric | undefined>(
    (best, metric) => (best === undefined || isLater(metric, best) ? metric : best),
    undefined,
  );
  return latest && storedModelMetric(latest.value);
}

/** Whether a metric was measured on one of these data sets; any will do where none is named. */
export function isMeasuredOn(metric: LoggedModelMetric, datasets: readonly DatasetChoice[]): boolean {
  const fits = ({ name, digest }: DatasetChoice) =>
    (name === undefined || metric.datasetName === name) &&
    (digest === undefined || metric.datasetDigest === digest);
  return datasets.length === 0 || datasets.some(fits);
}

function isLater(a: LoggedModelMetric, b: LoggedModelMetric): boolean {
  const order =
    compareInt64(a.step, b.step) ||
    compareInt64(a.timestamp, b.timestamp) ||
    storedModelMetric(a.value) - storedModelMetric(b.value);
  return order > 0;
}

/** An attribute of a logged model, by the name of its column. */
function loggedModelAttribute(model: LoggedModel, key: string): FieldValue | undefined {
  switch (key) {
    case 'model_id':
      return model.modelId;
    case 'experiment_id':
      return Number(model.experimentId);
    case 'name':
      return model.name;
    case 'artifact_location':
      return model.artifactUri;
    case 'model_type':
      return model.modelType;
    case 'source_run_id':
      return model.sourceRunId;
    case 'status':
      return STATUS_NAMES[model.status];
    case 'status_message':
      return model.statusMessage;
    case 'creation_timestamp_ms':
      return model.creationTime;
    case 'last_updated_timestamp_ms':
      return model.lastUpdatedTime;
    default:
      return undefined;
  }
}

/** A metric as MLflow's tables hold it: infinities are the greatest numbers there are. */
function storedMetric(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value)
    ? value
    : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** Metrics of logged models have no flag for NaN in MLflow's table: it becomes a plain 0. */
function storedModelMetric(value: number): number {
  return Number.isNaN(value) ? 0 : (storedMetric(value) ?? 0);
}

function valueOf(items: readonly Tag[], key: FieldReference['key']): FieldValue[] {
  return items.filter((item) => item.key === key).map((item) => item.value);
}

function present(value: FieldValue | undefined): FieldValue[] {
  return value === undefined ? [] : [value];
}
