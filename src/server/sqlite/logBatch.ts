import { invalidParameter } from '../../core/base/errors.js';
import { LIMITS } from '../../core/base/limits.js';
import type { Param } from '../../core/domain/run.js';
import type { LogBatch } from '../../core/stores/trackingStore.js';
import { writeMetrics } from './metrics.js';
import { writeParams } from './params.js';
import { pythonRepr } from './pythonText.js';
import { activeRunRow, touchRun } from './runs.js';
import type { StoreContext } from './storeContext.js';
import { writeCheckedTag } from './tags.js';
import { checkedParam, checkedTag, checkMetric, checkRunId } from './validation.js';

/** Logs a batch: all of it, or nothing where anything of it is refused. */
export function logBatch(context: StoreContext, batch: LogBatch): void {
  const truncate = context.settings.truncateLongValues;
  checkRunId(batch.runId);
  batch.metrics.forEach((metric, index) => {
    checkMetric(metric, `metrics[${index}]`);
  });
  const params = batch.params.map((param, index) => checkedParam(param, truncate, `params[${index}]`));
  const tags = batch.tags.map((tag, index) => checkedTag(tag, truncate, `tags[${index}]`));
  checkSizes(batch);
  checkParamKeys(params);
  const row = activeRunRow(context, batch.runId);
  writeParams(context, row.run_uuid, params);
  writeMetrics(context, row, batch.metrics);
  for (const tag of tags) {
    writeCheckedTag(context, row.run_uuid, tag);
  }
  touchRun(context, row);
}

function checkSizes({ metrics, params, tags }: LogBatch): void {
  checkSize('metrics', LIMITS.batchMetrics, metrics.length);
  checkSize('params', LIMITS.batchParams, params.length);
  checkSize('tags', LIMITS.batchTags, tags.length);
  checkSize('metrics, params, and tags', LIMITS.batchTotal, metrics.length + params.length + tags.length);
}

function checkSize(what: string, limit: number, size: number): void {
  if (size > limit) {
    throw invalidParameter(
      `A batch logging request can contain at most ${limit} ${what}. Got ${size} ${what}. ` +
        `Please split up ${what} across multiple requests and try again.`,
    );
  }
}

function checkParamKeys(params: readonly Param[]): void {
  const seen = new Set<string>();
  const repeated = params.filter(({ key }) => seen.has(key) || (seen.add(key), false)).map(({ key }) => key);
  if (repeated.length > 0) {
    throw invalidParameter(
      `Duplicate parameter keys have been submitted: [${repeated.map(pythonRepr).join(', ')}]. ` +
        'Please ensure the request contains only one param value per param key.',
    );
  }
}
