import { MlflowError } from '../../../core/base/errors.js';
import { compareInt64, type Int64, toInt64 } from '../../../core/domain/int64.js';
import { type LoggedSpan, SPAN_ATTRIBUTES, SPANS_IN_STORE, TRACE_TAGS } from '../../../core/domain/trace.js';
import { experimentRow } from '../experiments.js';
import { groupBy } from '../grouping.js';
import type { StoreContext } from '../storeContext.js';
import { type ColumnValues, isSet } from './analytics.js';
import { previewOf } from './preview.js';
import { tagsOfSpans } from './spanTags.js';
import { attributeText, milliseconds, writeSpan } from './spanRows.js';
import { artifactLocationTag } from './traceLocation.js';
import { findTraceRow, traceRow, type TraceRow, writeTraceTags } from './traceRows.js';
import { checkExperiment } from './startTrace.js';
import { insertTrace, moveAssessments, updateTrace, writeTags } from './traceWrites.js';
import { isFinalized, writeTotals } from './traceTotals.js';
import { withModelName } from './modelName.js';

/** Adds spans to their traces. A trace that is not there yet begins with what its first spans say. */
export function logSpans(context: StoreContext, experimentId: string, spans: readonly LoggedSpan[]): void {
  context.tables.require('spans', 'spans of traces', '3.3');
  for (const [traceId, group] of groupBy(spans.map(withModelName), ({ traceId }) => traceId)) {
    logSpansOfTrace(context, experimentId, traceId, group);
  }
}

function logSpansOfTrace(
  context: StoreContext,
  experimentId: string,
  traceId: string,
  spans: readonly LoggedSpan[],
): void {
  const experiment = experimentRow(context, experimentId);
  const existing = findTraceRow(context, traceId);
  const times = timesOf(spans);
  if (existing === undefined) {
    const state = rootState(spans) ?? 'IN_PROGRESS';
    insertTrace(context, { traceId, experimentId: experiment.experiment_id, timestamp: times.start, state });
    writeTraceTags(context, traceId, [artifactLocationTag(experiment, traceId)]);
  } else {
    checkExperiment(existing, experiment.experiment_id);
    checkKeptInStore(context, traceId);
  }
  spans.forEach((span) => writeSpan(context, span, experiment.experiment_id));
  const row = traceRow(context, traceId);
  updateTrace(context, traceId, { ...stateAfter(row, spans), ...previewsAfter(row, spans) });
  if (!isFinalized(context, traceId)) {
    stretchTimes(context, row, times);
  }
  writeTotals(context, row, spans, existing === undefined);
  writeTags(context, traceId, [
    ...tagsOfSpans(spans, context.settings.truncateLongValues),
    { key: TRACE_TAGS.spansLocation, value: SPANS_IN_STORE },
  ]);
  countGeneration(context, traceId);
}

interface Times {
  readonly start: Int64;
  readonly end: Int64 | undefined;
}

/** From the first start to the last end, in milliseconds. */
function timesOf(spans: readonly LoggedSpan[]): Times {
  const starts = spans.map(({ startTimeNs }) => startTimeNs).sort(compareInt64);
  const ends = spans.flatMap(({ endTimeNs }) => endTimeNs ?? []).sort(compareInt64);
  const end = ends.at(-1);
  return { start: milliseconds(starts[0] ?? 0), end: end === undefined ? undefined : milliseconds(end) };
}

function stretchTimes(context: StoreContext, row: TraceRow, { start, end }: Times): void {
  const first = row.timestamp_ms > start ? start : row.timestamp_ms;
  const until = BigInt(row.timestamp_ms) + BigInt(row.execution_time_ms ?? 0);
  const last = end === undefined || until > BigInt(end) ? until : BigInt(end);
  updateTrace(context, row.request_id, {
    timestamp_ms: first,
    ...(end !== undefined && { execution_time_ms: toInt64(last - BigInt(first)) }),
  });
  if (first !== row.timestamp_ms) {
    moveAssessments(context, row.request_id, first);
  }
}

function rootOf(spans: readonly LoggedSpan[]): LoggedSpan | undefined {
  return spans.find(({ parentSpanId }) => parentSpanId === undefined);
}

function rootState(spans: readonly LoggedSpan[]): string | undefined {
  const root = rootOf(spans);
  return root && (root.statusCode === 'ERROR' ? 'ERROR' : 'OK');
}

function stateAfter(row: TraceRow, spans: readonly LoggedSpan[]): ColumnValues {
  const state = rootState(spans);
  const isOpen = row.status === 'IN_PROGRESS' || row.status === 'STATE_UNSPECIFIED';
  return isOpen && state !== undefined ? { status: state } : {};
}

function previewsAfter(row: TraceRow, spans: readonly LoggedSpan[]): ColumnValues {
  const root = rootOf(spans);
  const inputs = root && attributeText(root, SPAN_ATTRIBUTES.inputs);
  const outputs = root && attributeText(root, SPAN_ATTRIBUTES.outputs);
  return {
    ...(inputs && !isSet(row.request_preview) && { request_preview: previewOf(inputs, 'user') }),
    ...(outputs && !isSet(row.response_preview) && { response_preview: previewOf(outputs, 'assistant') }),
  };
}

/** Spans of a trace that was archived, or that are in a file, do not go into the table as well. */
function checkKeptInStore({ database }: StoreContext, traceId: string): void {
  const tag = database.get<{ value: string | null }>(
    'SELECT value FROM trace_tags WHERE request_id = ? AND key = ? AND value != ?',
    traceId,
    TRACE_TAGS.spansLocation,
    SPANS_IN_STORE,
  );
  if (tag !== undefined) {
    throw new MlflowError(
      'INVALID_STATE',
      tag.value === 'ARCHIVE_REPO'
        ? `Cannot log spans to archived traces: '${traceId}'.`
        : 'Cannot log spans because one or more traces are unavailable for DB-backed span ' +
            `writes: other='${traceId}'`,
    );
  }
}

/** Tells whoever archives traces that the spans have changed. */
function countGeneration({ database, tables }: StoreContext, traceId: string): void {
  if (tables.has('trace_info', 'db_payload_generation')) {
    database.run(
      'UPDATE trace_info SET db_payload_generation = db_payload_generation + 1 WHERE request_id = ?',
      traceId,
    );
  }
}
