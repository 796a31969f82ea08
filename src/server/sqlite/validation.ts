import { invalidParameter } from '../../core/base/errors.js';
import { LIMITS } from '../../core/base/limits.js';
import type { Metric, Param } from '../../core/domain/run.js';
import type { Tag } from '../../core/domain/tag.js';
import { firstCharacters, isLongerThan, jsonText, normalisedPath, pythonRepr } from './pythonText.js';

/*
 * What MLflow accepts (`mlflow.utils.validation`). A `path` says where in the request a value stands, such as
 * `metrics[3]`; it is empty for a request about one thing.
 */

/** Python's `\w` is a letter or number of any script, or the underscore. */
const KEY = /^[/\p{L}\p{N}_.\- :]*$/u;
const RUN_ID = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}$/u;
const MODEL_NAME_FORBIDS = ['/', ':', '.', '%', '"', "'"];

function inside(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

/** A value that MLflow refuses, as its messages write it. */
export function invalidValue(path: string, value: unknown, message?: string): Error {
  const start = `Invalid value ${jsonText(value)} for parameter '${path}' supplied`;
  return invalidParameter(message === undefined ? `${start}.` : `${start}: ${message}`);
}

/** Checks a key of a metric, parameter or tag: characters, and that it stands for one path only. */
export function checkKey(key: string, path: string): void {
  if (!KEY.test(key)) {
    throw invalidValue(
      path,
      key,
      'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), ' +
        'colon(:) and slashes (/).',
    );
  }
  const resolved = normalisedPath(key);
  if (resolved !== key || resolved === '.' || resolved.startsWith('..') || resolved.startsWith('/')) {
    throw invalidValue(
      path,
      key,
      'Names may be treated as files in certain cases, and must not resolve to other names when treated as ' +
        `such. This name would resolve to ${pythonRepr(resolved)}`,
    );
  }
}

/** Fails where `text` is longer than `limit` characters. */
export function checkLength(what: string, text: string, limit: number): void {
  if (isLongerThan(text, limit)) {
    throw invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}

function cut(what: string, text: string, limit: number, truncate: boolean): string {
  if (truncate && isLongerThan(text, limit)) {
    return firstCharacters(text, limit);
  }
  checkLength(what, text, limit);
  return text;
}

export function checkMetric(metric: Metric, path = ''): void {
  checkKey(metric.key, inside(path, 'name'));
  if (metric.timestamp < 0) {
    throw invalidValue(
      inside(path, 'timestamp'),
      metric.timestamp,
      `metric '${metric.key}' (value=${metric.value}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
  checkLength('Metric name', metric.key, LIMITS.keyLength);
}

/** The parameter as it is stored: its value is cut where it is too long and `truncate` says so. */
export function checkedParam(param: Param, truncate: boolean, path = ''): Param {
  checkKey(param.key, inside(path, 'key'));
  checkLength('Param key', param.key, LIMITS.keyLength);
  return { key: param.key, value: cut('Param value', param.value, LIMITS.paramValueLength, truncate) };
}

/** The tag of a run as it is stored: its value is cut where it is too long and `truncate` says so. */
export function checkedTag(tag: Tag, truncate: boolean, path = ''): Tag {
  checkKey(tag.key, inside(path, 'key'));
  checkLength(inside(path, 'key'), tag.key, LIMITS.keyLength);
  return { key: tag.key, value: cut(inside(path, 'value'), tag.value, LIMITS.tagValueLength, truncate) };
}

/** The tag of a trace as it is stored. */
export function checkedTraceTag(tag: Tag, truncate: boolean): Tag {
  checkKey(tag.key, 'key');
  checkLength('key', tag.key, LIMITS.keyLength);
  return { key: tag.key, value: cut('value', tag.value, LIMITS.tagValueLength, truncate) };
}

export function checkExperimentTag(tag: Tag): void {
  checkKey(tag.key, 'key');
  checkLength('key', tag.key, LIMITS.experimentTagKeyLength);
  checkLength('value', tag.value, LIMITS.experimentTagValueLength);
}

export function checkExperimentName(name: string): void {
  if (name.trim() === '') {
    throw invalidParameter(`Invalid experiment name: '${name}'`);
  }
  checkLength('name', name, LIMITS.experimentNameLength);
}

export function checkArtifactLocationLength(location: string): void {
  if (isLongerThan(location, LIMITS.artifactLocationLength)) {
    throw invalidParameter(
      'Invalid artifact path length. The length of the artifact path cannot be greater than ' +
        `${LIMITS.artifactLocationLength} characters.`,
    );
  }
}

export function checkRunId(runId: string): void {
  if (!RUN_ID.test(runId)) {
    throw invalidValue('run_id', runId);
  }
}

/** The number that stands for an experiment in the database. An empty id means the default experiment. */
export function experimentNumber(experimentId: string): number {
  const text = experimentId.trim();
  if (!/^([+-]?\d+(_\d+)*)?$/.test(text)) {
    throw invalidParameter(`Invalid experiment ID '${experimentId}'. Experiment ID must be a valid integer.`);
  }
  return Number(text.replaceAll('_', ''));
}

export function checkModelName(name: string): void {
  if (name === '' || MODEL_NAME_FORBIDS.some((character) => name.includes(character))) {
    throw invalidParameter(
      `Invalid model name (${pythonRepr(name)}) provided. Model name must be a non-empty string and cannot ` +
        `contain the following characters: (${MODEL_NAME_FORBIDS.map(pythonRepr).join(', ')})`,
    );
  }
}

/** Fails unless `maxResults` is within 1 and `most`. */
export function checkMaxResults(maxResults: number, most: number = LIMITS.searchRunsMax): void {
  const start = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be`;
  if (maxResults < 1) {
    throw invalidParameter(`${start} a positive integer`);
  }
  if (maxResults > most) {
    throw invalidParameter(`${start} at most ${most}`);
  }
}
