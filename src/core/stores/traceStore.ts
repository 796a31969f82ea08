import type { Assessment } from '../domain/assessment.js';
import type { Int64 } from '../domain/int64.js';
import type { Tag } from '../domain/tag.js';
import type { LoggedSpan, Trace, TraceInfo, TraceState } from '../domain/trace.js';
import type { Page } from './trackingStore.js';

/** A trace as its client tells it once it has ended (`StartTraceV3` in MLflow's API, in spite of its name). */
export type StartTrace = Omit<TraceInfo, 'assessments'> & { readonly assessments: readonly NewAssessment[] };

/** An assessment before the store has seen it: the id is the store's to give, and so are times where absent. */
export type NewAssessment = Omit<
  Assessment,
  'assessmentId' | 'traceId' | 'createTime' | 'lastUpdateTime' | 'valid'
> & {
  readonly assessmentId?: string;
  readonly createTime?: Int64;
  readonly lastUpdateTime?: Int64;
};

/** What changes of an assessment; metadata is added to what there is. */
export interface UpdateAssessment {
  readonly traceId: string;
  readonly assessmentId: string;
  readonly name?: string;
  readonly feedback?: Pick<Assessment, 'value' | 'error'>;
  readonly expectation?: Pick<Assessment, 'value'>;
  readonly rationale?: string;
  readonly metadata?: readonly Tag[];
}

/** The beginning of a trace as clients before MLflow 3 tell it. */
export interface BeginTrace {
  readonly experimentId: string;
  readonly requestTime: Int64;
  readonly metadata: readonly Tag[];
  readonly tags: readonly Tag[];
}

/** The end of a trace that was begun by {@link BeginTrace}. */
export interface EndTrace {
  readonly traceId: string;
  /** Milliseconds since the epoch. */
  readonly endTime: Int64;
  readonly state: TraceState;
  readonly metadata: readonly Tag[];
  readonly tags: readonly Tag[];
}

export interface SearchTraces {
  readonly experimentIds: readonly string[];
  /** In MLflow's filter grammar; absent or empty for all. */
  readonly filter?: string;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken?: string;
}

/** Either up to a time, the oldest first, or by ids. */
export interface DeleteTraces {
  readonly experimentId: string;
  readonly maxTimestamp?: Int64;
  readonly maxTraces?: number;
  readonly traceIds: readonly string[];
}

export interface GetTraces {
  readonly traceIds: readonly string[];
  /** Only traces of these experiments; of any where absent. */
  readonly experimentIds?: readonly string[];
}

export interface PromptVersionRef {
  readonly name: string;
  readonly version: string;
}

/**
 * The traces of a server: the part of MLflow's `AbstractStore` that has to do with them, in the same terms. Every
 * method fails with an {@link MlflowError} whose code and message are MLflow's.
 */
export interface TraceStore {
  startTrace(trace: StartTrace): Promise<TraceInfo>;
  /** Adds spans to their traces, of which those that are new are made. Spans that are there are replaced. */
  logSpans(experimentId: string, spans: readonly LoggedSpan[]): Promise<void>;
  beginTrace(request: BeginTrace): Promise<TraceInfo>;
  endTrace(request: EndTrace): Promise<TraceInfo>;

  getTraceInfo(traceId: string): Promise<TraceInfo>;
  /** A trace with the spans that have arrived, which may not be all of them: see `isComplete`. */
  getTrace(traceId: string): Promise<Trace>;
  /** Those traces that are there, without spans, in the order of the ids. */
  getTraceInfos(request: GetTraces): Promise<readonly TraceInfo[]>;
  /** Those traces that are there and complete, in the order of the ids. */
  getTraces(request: GetTraces): Promise<readonly Trace[]>;
  searchTraces(query: SearchTraces): Promise<Page<TraceInfo>>;

  setTraceTag(traceId: string, tag: Tag): Promise<void>;
  deleteTraceTag(traceId: string, key: string): Promise<void>;
  /** @returns how many were deleted */
  deleteTraces(request: DeleteTraces): Promise<number>;
  linkTracesToRun(traceIds: readonly string[], runId: string): Promise<void>;
  linkPromptsToTrace(traceId: string, prompts: readonly PromptVersionRef[]): Promise<void>;

  createAssessment(traceId: string, assessment: NewAssessment): Promise<Assessment>;
  getAssessment(traceId: string, assessmentId: string): Promise<Assessment>;
  updateAssessment(request: UpdateAssessment): Promise<Assessment>;
  /** An assessment that is not there counts as deleted. */
  deleteAssessment(traceId: string, assessmentId: string): Promise<void>;
}

/** Whether a method of the store only reads. */
export const TRACE_STORE_METHODS: Readonly<Record<keyof TraceStore, 'read' | 'write'>> = {
  startTrace: 'write',
  logSpans: 'write',
  beginTrace: 'write',
  endTrace: 'write',
  getTraceInfo: 'read',
  getTrace: 'read',
  getTraceInfos: 'read',
  getTraces: 'read',
  searchTraces: 'read',
  setTraceTag: 'write',
  deleteTraceTag: 'write',
  deleteTraces: 'write',
  linkTracesToRun: 'write',
  linkPromptsToTrace: 'write',
  createAssessment: 'write',
  getAssessment: 'read',
  updateAssessment: 'write',
  deleteAssessment: 'write',
};
