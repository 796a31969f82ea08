import type { Int64 } from './int64.js';
import type { Tag } from './tag.js';

export type AssessmentKind = 'feedback' | 'expectation' | 'issue';

/** In the order of MLflow's numbers for them (0 to 3). */
export const ASSESSMENT_SOURCE_TYPES = ['SOURCE_TYPE_UNSPECIFIED', 'HUMAN', 'LLM_JUDGE', 'CODE'] as const;

export interface AssessmentSource {
  readonly type: (typeof ASSESSMENT_SOURCE_TYPES)[number];
  readonly id?: string;
}

/** Why a judge could not give its feedback. */
export interface AssessmentError {
  readonly code: string;
  readonly message?: string;
  readonly stackTrace?: string;
}

/** What was said about a trace or one of its spans. Times are milliseconds since the epoch. */
export interface Assessment {
  readonly assessmentId: string;
  readonly traceId: string;
  readonly name: string;
  readonly kind: AssessmentKind;
  /** JSON text as Python writes it; for an issue the text of an object with its `issue_name`. */
  readonly value: string;
  /** Of a feedback only. */
  readonly error?: AssessmentError;
  readonly source: AssessmentSource;
  readonly createTime: Int64;
  readonly lastUpdateTime: Int64;
  readonly spanId?: string;
  readonly rationale?: string;
  /** The assessment that this one stands in for. */
  readonly overrides?: string;
  /** Whether no other stands in for this one. */
  readonly valid: boolean;
  readonly metadata: readonly Tag[];
}

/** The metadata that names the run that an assessment comes from. */
export const ASSESSMENT_RUN = 'mlflow.assessment.sourceRunId';
