import type { StoreChange } from '../domain/changes.js';
import type { RunLiveness, RunProcess } from '../domain/runLiveness.js';
import type { MetricPoint, MetricSummary } from '../domain/metricSummary.js';
import { doubleIn, doubleToJson, int64In, type JsonObject, listIn, member, text } from './readJson.js';
import type { ServerIdentity } from './workbenchApi.js';

/* The JSON of this project's own endpoints, see `workbenchApi.ts`. */

export function metricSummaryToJson(summary: MetricSummary): JsonObject {
  return {
    key: summary.key,
    count: summary.count,
    last: pointToJson(summary.last),
    ...(summary.min !== undefined && { min: doubleToJson(summary.min) }),
    ...(summary.max !== undefined && { max: doubleToJson(summary.max) }),
    points: summary.points.map(pointToJson),
    sampled: summary.sampled,
  };
}

export function metricSummaryFromJson(json: unknown): MetricSummary {
  return {
    key: text(json, 'key'),
    count: Number(int64In(json, 'count')),
    last: pointFromJson(member(json, 'last')),
    ...(member(json, 'min') !== undefined && { min: doubleIn(json, 'min') }),
    ...(member(json, 'max') !== undefined && { max: doubleIn(json, 'max') }),
    points: listIn(json, 'points').map(pointFromJson),
    sampled: member(json, 'sampled') === true,
  };
}

function pointToJson({ step, timestamp, value }: MetricPoint): JsonObject {
  return { step, timestamp, value: doubleToJson(value) };
}

function pointFromJson(json: unknown): MetricPoint {
  return {
    step: int64In(json, 'step'),
    timestamp: int64In(json, 'timestamp'),
    value: doubleIn(json, 'value'),
  };
}

export function storeChangeFromJson(json: unknown): StoreChange {
  return {
    experimentIds: listIn(json, 'experimentIds').map(String),
    runs: listIn(json, 'runs').map((run) => ({
      runId: text(run, 'runId'),
      experimentId: text(run, 'experimentId'),
    })),
    registeredModels: listIn(json, 'registeredModels').map(String),
    everything: member(json, 'everything') === true,
    ...(member(json, 'liveness') === true && { liveness: true }),
  };
}

export function runLivenessToJson({ runId, experimentId, lastActivity, process }: RunLiveness): JsonObject {
  return {
    run_id: runId,
    experiment_id: experimentId,
    ...(lastActivity !== undefined && { last_activity: lastActivity }),
    process: process.kind,
    ...(process.kind === 'gone' && { ended_at: process.endedAt }),
  };
}

export function runLivenessFromJson(json: unknown): RunLiveness {
  const lastActivity = member(json, 'last_activity');
  return {
    runId: text(json, 'run_id'),
    experimentId: text(json, 'experiment_id'),
    ...(lastActivity !== undefined && { lastActivity: Number(int64In(json, 'last_activity')) }),
    process: processFromJson(json),
  };
}

function processFromJson(json: unknown): RunProcess {
  switch (text(json, 'process')) {
    case 'alive':
      return { kind: 'alive' };
    case 'gone':
      return { kind: 'gone', endedAt: Number(int64In(json, 'ended_at')) };
    default:
      return { kind: 'unknown' };
  }
}

/** Who answered; undefined where it is not this project's server. */
export function serverIdentityFromJson(json: unknown): ServerIdentity | undefined {
  const path = text(member(json, 'store'), 'path');
  const protocol = member(json, 'protocol');
  const isOurs =
    member(json, 'product') === 'mlflow-workbench' &&
    path !== '' &&
    ['version', 'oldest'].every((name) => typeof member(protocol, name) === 'number');
  return isOurs ? (json as ServerIdentity) : undefined;
}
