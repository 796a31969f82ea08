import { setTimeout as pause } from 'node:timers/promises';
import { doesNotExist } from '../../core/base/errors.js';
import { LIMITS } from '../../core/base/limits.js';
import type { Trace } from '../../core/domain/trace.js';
import type { TraceStore } from '../../core/stores/traceStore.js';
import { isComplete } from '../../core/traces/completeness.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import type { Message } from '../../core/wire/messageTypes.js';
import { empty } from '../../core/wire/parseMessage.js';
import {
  DELETE_TRACE_TAG,
  DELETE_TRACES,
  GET_TRACE,
  GET_TRACES,
  LINK_PROMPTS,
  LINK_TRACES_TO_RUN,
  SEARCH_TRACES,
  SET_TRACE_TAG,
  START_TRACE,
  TRACE_INFO,
} from '../../core/wire/requests/traces.js';
import { traceInfoToJson, traceToJson } from '../../core/wire/traceJson.js';
import { call, NOTHING, type Route, type RouteContext, type RouteRequest } from './route.js';
import { checkOwnTag, traceIdOf, traceOf, tracePage } from './traceMessages.js';

/** How long a trace is waited for whose spans have not all arrived, in milliseconds, before it is looked for again. */
const PAUSES = [1000, 2000];

export const TRACE_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.startTrace, START_TRACE, async ({ trace }, { store }) => {
    const info = await store.startTrace(traceOf(trace?.trace_info ?? empty(TRACE_INFO)));
    return { trace: { trace_info: traceInfoToJson(info) } };
  }),
  ...call(ENDPOINTS.getTraceInfo, NOTHING, async (_message, { store }, request) => ({
    trace: { trace_info: traceInfoToJson(await store.getTraceInfo(traceIdOf(request))) },
  })),
  ...call(ENDPOINTS.getTrace, GET_TRACE, async (message, { store }) => {
    const { trace_id: traceId = '', allow_partial: allowPartial = false } = message;
    const trace = allowPartial ? await store.getTrace(traceId) : await completeTrace(store, traceId);
    return { trace: traceToJson(trace) };
  }),
  ...call(ENDPOINTS.getTraces, GET_TRACES, async (message, { store }, request) => {
    const traces = await store.getTraces(idsOf(message, request));
    return traces.length > 0 ? { traces: traces.map(traceToJson) } : {};
  }),
  ...call(ENDPOINTS.getTraceInfos, GET_TRACES, async (message, { store }, request) => {
    const infos = await store.getTraceInfos(idsOf(message, request));
    return infos.length > 0 ? { trace_infos: infos.map(traceInfoToJson) } : {};
  }),
  ...call(ENDPOINTS.searchTraces, SEARCH_TRACES, async (message, { store }) => {
    const page = await store.searchTraces({
      experimentIds: message.locations.flatMap(({ mlflow_experiment: experiment }) =>
        experiment === undefined ? [] : [experiment.experiment_id ?? ''],
      ),
      maxResults: message.max_results ?? LIMITS.searchTracesDefault,
      orderBy: message.order_by,
      ...(message.filter && { filter: message.filter }),
      ...(message.page_token && { pageToken: message.page_token }),
    });
    return tracePage(page, traceInfoToJson);
  }),
  ...[ENDPOINTS.setTraceTag, ENDPOINTS.setTraceTagV2].flatMap((endpoint) =>
    call(endpoint, SET_TRACE_TAG, async ({ key = '', value = '' }, { store }, request) => {
      checkOwnTag(key, 'set');
      await store.setTraceTag(traceIdOf(request), { key, value });
      return {};
    }),
  ),
  ...[ENDPOINTS.deleteTraceTag, ENDPOINTS.deleteTraceTagV2].flatMap((endpoint) =>
    call(endpoint, DELETE_TRACE_TAG, async ({ key = '' }, { store }, request) => {
      checkOwnTag(key, 'deleted');
      await store.deleteTraceTag(traceIdOf(request), key);
      return {};
    }),
  ),
  ...[ENDPOINTS.deleteTraces, ENDPOINTS.deleteTracesV2].flatMap((endpoint) =>
    call(endpoint, DELETE_TRACES, deleteTraces),
  ),
  ...call(ENDPOINTS.linkTracesToRun, LINK_TRACES_TO_RUN, async (message, { store }) => {
    await store.linkTracesToRun(message.trace_ids, message.run_id ?? '');
    return {};
  }),
  ...call(ENDPOINTS.linkPromptsToTrace, LINK_PROMPTS, async (message, { store }) => {
    const prompts = message.prompt_versions.map(({ name = '', version = '' }) => ({ name, version }));
    await store.linkPromptsToTrace(message.trace_id ?? '', prompts);
    return {};
  }),
];

/** The client sends the end of a trace and its spans side by side, so that the spans may be on their way still. */
async function completeTrace(store: TraceStore, traceId: string): Promise<Trace> {
  for (const milliseconds of [...PAUSES, undefined]) {
    const trace = await store.getTrace(traceId);
    if (isComplete(trace)) {
      return trace;
    }
    await (milliseconds === undefined ? undefined : pause(milliseconds));
  }
  throw doesNotExist(`Trace with ID ${traceId} is not fully exported yet, please try again later.`);
}

/** Experiments that were named count even where none was: then nothing is found. */
function idsOf(
  message: Message<typeof GET_TRACES.message>,
  request: RouteRequest,
): Parameters<TraceStore['getTraces']>[0] {
  const given =
    request.raw.method === 'GET' ? request.query.has('experiment_ids') : namesExperiments(request.body());
  return { traceIds: message.trace_ids, ...(given && { experimentIds: message.experiment_ids }) };
}

function namesExperiments(json: unknown): boolean {
  return typeof json === 'object' && json !== null && ('experiment_ids' in json || 'experimentIds' in json);
}

async function deleteTraces(
  message: Message<typeof DELETE_TRACES.message>,
  { store }: RouteContext,
): Promise<unknown> {
  const deleted = await store.deleteTraces({
    experimentId: message.experiment_id ?? '',
    traceIds: message.request_ids,
    ...(message.max_timestamp_millis !== undefined && { maxTimestamp: message.max_timestamp_millis }),
    ...(message.max_traces !== undefined && { maxTraces: message.max_traces }),
  });
  return { traces_deleted: deleted };
}
