import { randomUUID } from 'node:crypto';
import { doesNotExist, invalidParameter, MlflowError } from '../../../core/base/errors.js';
import { LIMITS } from '../../../core/base/limits.js';
import type { Assessment } from '../../../core/domain/assessment.js';
import { type Tag, tagValue } from '../../../core/domain/tag.js';
import { SPANS_IN_STORE, TRACE_METADATA, TRACE_TAGS, type TraceInfo } from '../../../core/domain/trace.js';
import type { BeginTrace, EndTrace, StartTrace } from '../../../core/stores/traceStore.js';
import { activeExperimentRow } from '../experiments.js';
import type { StoreContext } from '../storeContext.js';
import { checkLength } from '../validation.js';
import { writeAssessment } from './assessmentRows.js';
import { newAssessment } from './newAssessment.js';
import { artifactLocationTag, checkNewTraceId } from './traceLocation.js';
import { findTraceRow, loadTraceInfos, traceRow, type TraceRow } from './traceRows.js';
import { insertTrace, moveAssessments, updateTrace, writeMetadata, writeTags } from './traceWrites.js';

/**
 * Writes what a client knows of a trace that has ended. Its spans may have come before: then what is told here
 * takes the place of what was found out from them.
 *
 * Databases older than MLflow 3.2 have no place for previews and for the client's own id; these are left out.
 */
export function startTrace(context: StoreContext, trace: StartTrace): TraceInfo {
  requireTraces(context);
  checkNames(trace.tags, trace.metadata);
  const experiment = activeExperimentRow(context, trace.experimentId);
  checkNewTraceId(trace.traceId);
  const assessments = trace.assessments.map((each) => newAssessment(trace.traceId, each));
  if (assessments.length > 0) {
    context.tables.require('assessments', 'assessments', '3.2');
  }
  const existing = findTraceRow(context, trace.traceId);
  if (existing === undefined) {
    insertTrace(context, {
      traceId: trace.traceId,
      experimentId: experiment.experiment_id,
      timestamp: trace.requestTime,
      state: trace.state,
    });
  } else {
    checkSameTrace(context, existing, experiment.experiment_id, assessments);
  }
  updateTrace(context, trace.traceId, {
    timestamp_ms: trace.requestTime,
    execution_time_ms: trace.executionDuration ?? null,
    status: trace.state,
    client_request_id: trace.clientRequestId ?? null,
    ...(trace.requestPreview !== undefined && { request_preview: withoutNul(trace.requestPreview) }),
    ...(trace.responsePreview !== undefined && { response_preview: withoutNul(trace.responsePreview) }),
  });
  const location = artifactLocationTag(experiment, trace.traceId);
  writeTags(context, trace.traceId, [...trace.tags, location]);
  const finalized = { key: TRACE_METADATA.infoFinalized, value: 'true' };
  writeMetadata(context, trace.traceId, [...trace.metadata, finalized]);
  const place = { experimentId: experiment.experiment_id, timestamp: trace.requestTime };
  assessments.forEach((each) => writeAssessment(context, each, place));
  moveAssessments(context, trace.traceId, trace.requestTime);
  return info(context, trace.traceId);
}

/** Begins a trace as clients before MLflow 3 do: the store gives it its id. */
export function beginTrace(context: StoreContext, request: BeginTrace): TraceInfo {
  requireTraces(context);
  checkNames(request.tags, request.metadata);
  const experiment = activeExperimentRow(context, request.experimentId);
  const traceId = randomUUID().replaceAll('-', '');
  insertTrace(context, {
    traceId,
    experimentId: experiment.experiment_id,
    timestamp: request.requestTime,
    state: 'IN_PROGRESS',
  });
  writeTags(context, traceId, [...request.tags, artifactLocationTag(experiment, traceId)]);
  writeMetadata(context, traceId, request.metadata);
  return info(context, traceId);
}

export function endTrace(context: StoreContext, request: EndTrace): TraceInfo {
  requireTraces(context);
  const { traceId, endTime } = request;
  const row = traceRow(context, traceId);
  checkNames(request.tags, request.metadata);
  updateTrace(context, traceId, {
    execution_time_ms: BigInt(endTime) - BigInt(row.timestamp_ms),
    status: request.state,
  });
  // Old clients send all tags back, this one too.
  const own = request.tags.filter(({ key }) => key !== TRACE_TAGS.artifactLocation);
  writeTags(context, traceId, own);
  writeMetadata(context, traceId, request.metadata);
  return info(context, traceId);
}

/** Fails where the database is too old to know traces. */
export function requireTraces({ tables }: StoreContext): void {
  tables.require('trace_info', 'traces', '2.13');
}

function info(context: StoreContext, traceId: string): TraceInfo {
  const [loaded] = loadTraceInfos(context, [traceRow(context, traceId)]);
  if (loaded === undefined) {
    throw doesNotExist(`Trace with ID '${traceId}' not found.`);
  }
  return loaded;
}

function checkNames(tags: readonly Tag[], metadata: readonly Tag[]): void {
  checkLength('Trace name', tagValue(tags, TRACE_TAGS.name) ?? '', LIMITS.traceNameLength);
  checkLength('Session ID', tagValue(metadata, TRACE_METADATA.session) ?? '', LIMITS.traceSessionLength);
}

/** A trace is not moved to another experiment, nor are spans mixed into one that is kept elsewhere. */
function checkSameTrace(
  context: StoreContext,
  row: TraceRow,
  experimentId: number,
  assessments: readonly Assessment[],
): void {
  checkExperiment(row, experimentId);
  const [loaded] = loadTraceInfos(context, [row]);
  const location = tagValue(loaded?.tags ?? [], TRACE_TAGS.spansLocation);
  if (location !== undefined && location !== SPANS_IN_STORE) {
    throw new MlflowError(
      'INVALID_STATE',
      `Cannot update traces that are no longer DB-backed: '${row.request_id}'.`,
    );
  }
  for (const { assessmentId } of assessments) {
    const owner = context.database.get<{ trace_id: string }>(
      'SELECT trace_id FROM assessments WHERE assessment_id = ?',
      assessmentId,
    );
    if (owner !== undefined && owner.trace_id !== row.request_id) {
      throw invalidParameter(`Assessment with ID '${assessmentId}' belongs to another trace.`);
    }
  }
}

/** @throws MlflowError INVALID_PARAMETER_VALUE where a trace belongs to another experiment */
export function checkExperiment(row: TraceRow, experimentId: number): void {
  if (row.experiment_id !== experimentId) {
    throw invalidParameter(`Trace with ID '${row.request_id}' already exists in another experiment.`);
  }
}

/** PostgreSQL refuses the character, so MLflow replaces it everywhere. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
