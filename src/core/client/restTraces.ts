import type { TraceStore } from '../stores/traceStore.js';
import { ENDPOINTS, OTLP_EXPERIMENT_HEADER, OTLP_TRACES_PATH } from '../wire/endpoints.js';
import { tagToJson } from '../wire/experimentJson.js';
import { int64In, listIn, member } from '../wire/readJson.js';
import { spansToOtlp } from '../wire/spanJson.js';
import {
  locationToJson,
  traceFromJson,
  traceInfoFromJson,
  traceInfoFromJsonV2,
  traceInfoToJson,
} from '../wire/traceJson.js';
import { callApi } from './apiCalls.js';
import type { HttpClient } from './httpClient.js';
import { pageOf } from './pages.js';

type TraceCalls = Omit<
  TraceStore,
  'createAssessment' | 'getAssessment' | 'updateAssessment' | 'deleteAssessment'
>;

export function restTraces(client: HttpClient): TraceCalls {
  return { ...restTraceWrites(client), ...restTraceReads(client), ...restTraceChanges(client) };
}

type TraceWrites = Pick<TraceStore, 'startTrace' | 'logSpans' | 'beginTrace' | 'endTrace'>;

function restTraceWrites(client: HttpClient): TraceWrites {
  return {
    startTrace: async (trace) => {
      const values = { trace: { trace_info: traceInfoToJson(trace) } };
      const json = await callApi(client, ENDPOINTS.startTrace, values);
      return traceInfoFromJson(member(member(json, 'trace'), 'trace_info'));
    },
    logSpans: async (experimentId, spans) => {
      await client.json({
        method: 'POST',
        path: OTLP_TRACES_PATH,
        headers: { [OTLP_EXPERIMENT_HEADER]: experimentId },
        body: spansToOtlp(spans),
        reads: false,
      });
    },
    beginTrace: async ({ experimentId, requestTime, metadata, tags }) => {
      const json = await callApi(client, ENDPOINTS.beginTraceV2, {
        experiment_id: experimentId,
        timestamp_ms: requestTime,
        request_metadata: metadata.map(tagToJson),
        tags: tags.map(tagToJson),
      });
      return traceInfoFromJsonV2(member(json, 'trace_info'));
    },
    endTrace: async ({ traceId, endTime, state, metadata, tags }) => {
      const values = {
        timestamp_ms: endTime,
        status: state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : state,
        request_metadata: metadata.map(tagToJson),
        tags: tags.map(tagToJson),
      };
      const json = await callApi(client, ENDPOINTS.endTraceV2, values, { params: { trace_id: traceId } });
      return traceInfoFromJsonV2(member(json, 'trace_info'));
    },
  };
}

type TraceReads = Pick<
  TraceStore,
  'getTraceInfo' | 'getTrace' | 'getTraceInfos' | 'getTraces' | 'searchTraces'
>;

function restTraceReads(client: HttpClient): TraceReads {
  return {
    getTraceInfo: async (traceId) => {
      const json = await callApi(client, ENDPOINTS.getTraceInfo, {}, { params: { trace_id: traceId } });
      return traceInfoFromJson(member(member(json, 'trace'), 'trace_info'));
    },
    getTrace: async (traceId) => {
      const values = { trace_id: traceId, allow_partial: true };
      return traceFromJson(member(await callApi(client, ENDPOINTS.getTrace, values), 'trace'));
    },
    getTraceInfos: async ({ traceIds, experimentIds }) => {
      const values = { trace_ids: traceIds, experiment_ids: experimentIds };
      const json = await callApi(client, ENDPOINTS.getTraceInfos, values, { reads: true });
      return listIn(json, 'trace_infos').map(traceInfoFromJson);
    },
    getTraces: async ({ traceIds, experimentIds }) => {
      const values = { trace_ids: traceIds, experiment_ids: experimentIds };
      return listIn(await callApi(client, ENDPOINTS.getTraces, values), 'traces').map(traceFromJson);
    },
    searchTraces: async ({ experimentIds, filter, maxResults, orderBy, pageToken }) => {
      const values = {
        locations: experimentIds.map(locationToJson),
        filter,
        max_results: maxResults,
        order_by: orderBy,
        page_token: pageToken,
      };
      const json = await callApi(client, ENDPOINTS.searchTraces, values, { reads: true });
      return pageOf(json, 'traces', traceInfoFromJson);
    },
  };
}

type TraceChanges = Pick<
  TraceStore,
  'setTraceTag' | 'deleteTraceTag' | 'deleteTraces' | 'linkTracesToRun' | 'linkPromptsToTrace'
>;

function restTraceChanges(client: HttpClient): TraceChanges {
  return {
    setTraceTag: async (traceId, { key, value }) => {
      await callApi(client, ENDPOINTS.setTraceTag, { key, value }, { params: { trace_id: traceId } });
    },
    deleteTraceTag: async (traceId, key) => {
      await callApi(client, ENDPOINTS.deleteTraceTag, { key }, { params: { trace_id: traceId } });
    },
    deleteTraces: async ({ experimentId, maxTimestamp, maxTraces, traceIds }) => {
      const json = await callApi(client, ENDPOINTS.deleteTraces, {
        experiment_id: experimentId,
        max_timestamp_millis: maxTimestamp,
        max_traces: maxTraces,
        request_ids: traceIds,
      });
      return Number(int64In(json, 'traces_deleted'));
    },
    linkTracesToRun: async (traceIds, runId) => {
      await callApi(client, ENDPOINTS.linkTracesToRun, { trace_ids: traceIds, run_id: runId });
    },
    linkPromptsToTrace: async (traceId, prompts) => {
      await callApi(client, ENDPOINTS.linkPromptsToTrace, { trace_id: traceId, prompt_versions: prompts });
    },
  };
}
