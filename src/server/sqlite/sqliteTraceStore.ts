import type { TraceStore } from '../../core/stores/traceStore.js';
import type { StoreContext } from './storeContext.js';
import type { Sync } from './syncStore.js';
import * as assessments from './traces/assessments.js';
import { deleteTraces } from './traces/deleteTraces.js';
import { logSpans } from './traces/logSpans.js';
import * as reads from './traces/readTraces.js';
import { beginTrace, endTrace, startTrace } from './traces/startTrace.js';
import { linkPromptsToTrace, linkTracesToRun } from './traces/traceLinks.js';
import { deleteTraceTag, setTraceTag } from './traces/traceTags.js';

/** The traces of MLflow's `SqlAlchemyStore` over one connection. */
export function createSqliteTraceStore(context: StoreContext): Sync<TraceStore> {
  return {
    startTrace: (trace) => startTrace(context, trace),
    logSpans: (experimentId, spans) => logSpans(context, experimentId, spans),
    beginTrace: (request) => beginTrace(context, request),
    endTrace: (request) => endTrace(context, request),

    getTraceInfo: (traceId) => reads.getTraceInfo(context, traceId),
    getTrace: (traceId) => reads.getTrace(context, traceId),
    getTraceInfos: (request) => reads.getTraceInfos(context, request),
    getTraces: (request) => reads.getTraces(context, request),
    searchTraces: (query) => reads.searchTraces(context, query),

    setTraceTag: (traceId, tag) => setTraceTag(context, traceId, tag),
    deleteTraceTag: (traceId, key) => deleteTraceTag(context, traceId, key),
    deleteTraces: (request) => deleteTraces(context, request),
    linkTracesToRun: (traceIds, runId) => linkTracesToRun(context, traceIds, runId),
    linkPromptsToTrace: (traceId, prompts) => linkPromptsToTrace(context, traceId, prompts),

    createAssessment: (traceId, assessment) => assessments.createAssessment(context, traceId, assessment),
    getAssessment: (traceId, id) => assessments.getAssessment(context, traceId, id),
    updateAssessment: (request) => assessments.updateAssessment(context, request),
    deleteAssessment: (traceId, id) => assessments.deleteAssessment(context, traceId, id),
  };
}
