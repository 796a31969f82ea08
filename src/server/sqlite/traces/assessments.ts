import { doesNotExist, invalidParameter, MlflowError } from '../../../core/base/errors.js';
import type { Assessment } from '../../../core/domain/assessment.js';
import type { Tag } from '../../../core/domain/tag.js';
import type { NewAssessment, UpdateAssessment } from '../../../core/stores/traceStore.js';
import type { StoreContext } from '../storeContext.js';
import { findAssessment, writeAssessment } from './assessmentRows.js';
import { newAssessment } from './newAssessment.js';
import { findTraceRow, traceRow } from './traceRows.js';

/** Adds an assessment to a trace. The one that it overrides is not valid any more. */
export function createAssessment(context: StoreContext, traceId: string, asked: NewAssessment): Assessment {
  requireAssessments(context);
  const trace = traceRow(context, traceId);
  const assessment = newAssessment(traceId, asked);
  const { assessmentId, overrides } = assessment;
  if (overrides && !setValid(context, traceId, overrides, false)) {
    throw doesNotExist(`Assessment with ID '${overrides}' not found for trace '${traceId}'`);
  }
  if (hasId(context, assessmentId)) {
    throw new MlflowError(
      'INTERNAL_ERROR',
      `Failed to create assessment for trace '${traceId}' due to a constraint violation.`,
    );
  }
  writeAssessment(context, assessment, { experimentId: trace.experiment_id, timestamp: trace.timestamp_ms });
  return assessment;
}

export function getAssessment(context: StoreContext, traceId: string, assessmentId: string): Assessment {
  requireAssessments(context);
  const assessment = findAssessment(context, traceId, assessmentId);
  if (assessment === undefined) {
    throw doesNotExist(
      findTraceRow(context, traceId) === undefined
        ? `Trace with request_id '${traceId}' not found`
        : `Assessment with ID '${assessmentId}' not found for trace '${traceId}'`,
    );
  }
  return assessment;
}

export function updateAssessment(context: StoreContext, request: UpdateAssessment): Assessment {
  const existing = getAssessment(context, request.traceId, request.assessmentId);
  const { name, feedback, expectation, rationale, metadata = [] } = request;
  checkKind(existing, request);
  const { error: oldError, ...kept } = existing;
  const error = feedback === undefined ? oldError : feedback.error;
  const updated: Assessment = {
    ...kept,
    ...(name !== undefined && { name }),
    ...(feedback !== undefined && { value: feedback.value }),
    ...(expectation !== undefined && { value: expectation.value }),
    ...(error !== undefined && { error }),
    ...(rationale !== undefined && existing.kind !== 'expectation' && { rationale }),
    metadata: merged(existing.metadata, metadata),
    lastUpdateTime: Date.now(),
  };
  const trace = traceRow(context, request.traceId);
  writeAssessment(context, updated, { experimentId: trace.experiment_id, timestamp: trace.timestamp_ms });
  return updated;
}

function checkKind({ kind }: Assessment, { feedback, expectation }: UpdateAssessment): void {
  if (expectation !== undefined && feedback !== undefined) {
    throw invalidParameter('Cannot specify both `expectation` and `feedback` parameters.');
  }
  if (expectation !== undefined && kind !== 'expectation') {
    throw invalidParameter('Cannot update expectation value on a Feedback assessment.');
  }
  if (feedback !== undefined && kind !== 'feedback') {
    throw invalidParameter('Cannot update feedback value on an Expectation assessment.');
  }
}

function merged(old: readonly Tag[], added: readonly Tag[]): Tag[] {
  return [...old.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added];
}

/** Deletes an assessment. The one that it overrode is valid again. */
export function deleteAssessment(context: StoreContext, traceId: string, assessmentId: string): void {
  requireAssessments(context);
  const assessment = findAssessment(context, traceId, assessmentId);
  if (assessment?.overrides) {
    setValid(context, traceId, assessment.overrides, true);
  }
  context.database.run(
    'DELETE FROM assessments WHERE trace_id = ? AND assessment_id = ?',
    traceId,
    assessmentId,
  );
}

function requireAssessments({ tables }: StoreContext): void {
  tables.require('assessments', 'assessments', '3.2');
}

/** @returns whether there was such an assessment */
function setValid(
  { database }: StoreContext,
  traceId: string,
  assessmentId: string,
  valid: boolean,
): boolean {
  const sql = 'UPDATE assessments SET valid = ? WHERE trace_id = ? AND assessment_id = ?';
  return database.run(sql, valid ? 1 : 0, traceId, assessmentId) > 0;
}

function hasId({ database }: StoreContext, assessmentId: string): boolean {
  return database.get('SELECT 1 FROM assessments WHERE assessment_id = ?', assessmentId) !== undefined;
}
