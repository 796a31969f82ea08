import {
  type Assessment,
  ASSESSMENT_RUN,
  ASSESSMENT_SOURCE_TYPES,
  type AssessmentError,
  type AssessmentKind,
} from '../../../core/domain/assessment.js';
import type { Int64 } from '../../../core/domain/int64.js';
import {
  NumberText,
  pythonJson,
  tryParseJsonObject,
  tryParsePythonJson,
} from '../../../core/base/pythonJson.js';
import { type Tag, tagValue } from '../../../core/domain/tag.js';
import type { StoreContext } from '../storeContext.js';

/** A row of `assessments`, with the columns that all revisions have. */
interface AssessmentRow {
  readonly assessment_id: string;
  readonly trace_id: string;
  readonly name: string;
  readonly assessment_type: AssessmentKind;
  readonly value: string;
  readonly error: string | null;
  readonly created_timestamp: Int64;
  readonly last_updated_timestamp: Int64;
  readonly source_type: string;
  readonly source_id: string | null;
  readonly span_id: string | null;
  readonly rationale: string | null;
  readonly overrides: string | null;
  readonly valid: number;
  readonly assessment_metadata: string | null;
}

/** The assessments of traces; none where the database is too old to have any (they came with MLflow 3.2). */
export function loadAssessments(
  { database, tables }: StoreContext,
  traceIds: readonly string[],
): Assessment[] {
  if (!tables.has('assessments')) {
    return [];
  }
  const rows = database.all<AssessmentRow>(
    `SELECT * FROM assessments WHERE trace_id IN (SELECT value FROM json_each(?))
     ORDER BY created_timestamp, rowid`,
    JSON.stringify(traceIds),
  );
  return rows.map(toAssessment);
}

export function findAssessment(
  { database }: StoreContext,
  traceId: string,
  assessmentId: string,
): Assessment | undefined {
  const row = database.get<AssessmentRow>(
    'SELECT * FROM assessments WHERE trace_id = ? AND assessment_id = ?',
    traceId,
    assessmentId,
  );
  return row && toAssessment(row);
}

function toAssessment(row: AssessmentRow): Assessment {
  const error = row.error === null ? undefined : errorOf(row.error);
  return {
    assessmentId: row.assessment_id,
    traceId: row.trace_id,
    name: row.name,
    kind: row.assessment_type,
    value: row.value,
    ...(error !== undefined && { error }),
    source: {
      type: ASSESSMENT_SOURCE_TYPES.find((type) => type === row.source_type) ?? 'SOURCE_TYPE_UNSPECIFIED',
      ...(row.source_id !== null && { id: row.source_id }),
    },
    createTime: row.created_timestamp,
    lastUpdateTime: row.last_updated_timestamp,
    ...(row.span_id !== null && { spanId: row.span_id }),
    ...(row.rationale !== null && { rationale: row.rationale }),
    ...(row.overrides !== null && { overrides: row.overrides }),
    valid: row.valid !== 0,
    metadata: metadataOf(row.assessment_metadata),
  };
}

function errorOf(text: string): AssessmentError {
  const {
    error_code: code,
    error_message: message,
    stack_trace: stackTrace,
  } = tryParseJsonObject(text) ?? {};
  return {
    code: typeof code === 'string' ? code : '',
    ...(typeof message === 'string' && { message }),
    ...(typeof stackTrace === 'string' && { stackTrace }),
  };
}

/** Values are told as texts, whatever they were when they were written. */
function metadataOf(text: string | null): Tag[] {
  return Object.entries(tryParseJsonObject(text ?? undefined) ?? {}).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? value : pythonJson(value),
  }));
}

/** Where an assessment's trace stands, which newer databases keep with the assessment. */
export interface AssessedTrace {
  readonly experimentId: number;
  readonly timestamp: Int64;
}

/** Writes a row, over the one with the same id if there is one. */
export function writeAssessment(
  { database, tables }: StoreContext,
  assessment: Assessment,
  trace: AssessedTrace,
): void {
  const values: Record<string, string | Int64 | null> = {
    assessment_id: assessment.assessmentId,
    trace_id: assessment.traceId,
    name: assessment.name,
    assessment_type: assessment.kind,
    value: assessment.value,
    error: assessment.error ? errorText(assessment.error) : null,
    created_timestamp: assessment.createTime,
    last_updated_timestamp: assessment.lastUpdateTime,
    source_type: assessment.source.type,
    source_id: assessment.source.id ?? null,
    run_id: tagValue(assessment.metadata, ASSESSMENT_RUN) ?? null,
    span_id: assessment.spanId ?? null,
    rationale: assessment.rationale ?? null,
    overrides: assessment.overrides ?? null,
    valid: assessment.valid ? 1 : 0,
    assessment_metadata: metadataText(assessment.metadata),
    ...(tables.has('assessments', 'aggregate_value') && {
      experiment_id: trace.experimentId,
      trace_timestamp_ms: trace.timestamp,
      ...aggregateOf(assessment.value),
    }),
  };
  const columns = Object.keys(values);
  database.run(
    `INSERT INTO assessments (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (assessment_id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(values),
  );
}

function errorText({ code, message, stackTrace }: AssessmentError): string {
  return pythonJson(
    { error_code: code, error_message: message ?? null, stack_trace: stackTrace ?? null },
    { ascii: true },
  );
}

function metadataText(metadata: readonly Tag[]): string | null {
  return metadata.length === 0
    ? null
    : pythonJson(Object.fromEntries(metadata.map(({ key, value }) => [key, value])), { ascii: true });
}

/** The number that newer databases keep beside a value, so that it can be averaged. */
function aggregateOf(text: string): Record<'aggregate_value' | 'is_numeric_value', number | null> {
  const value = tryParsePythonJson(text);
  if (value instanceof NumberText) {
    const isFinite = Number.isFinite(value.value);
    return { aggregate_value: isFinite ? value.value : null, is_numeric_value: isFinite ? 1 : 0 };
  }
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const aggregate = word === true || word === 'yes' ? 1 : word === false || word === 'no' ? 0 : null;
  return { aggregate_value: aggregate, is_numeric_value: 0 };
}
