import { LIMITS } from '../../core/base/limits.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import { BEGIN_TRACE, END_TRACE, SEARCH_TRACES_V2 } from '../../core/wire/requests/traces.js';
import { traceInfoToJsonV2 } from '../../core/wire/traceJson.js';
import { keyValues } from './keyValues.js';
import { call, NOTHING, type Route } from './route.js';
import { traceIdOf, tracePage, withoutServerTags } from './traceMessages.js';

/** Traces as clients before MLflow 3 have them. */
export const TRACE_ROUTES_V2: readonly Route[] = [
  ...call(ENDPOINTS.beginTraceV2, BEGIN_TRACE, async (message, { store }) => {
    const info = await store.beginTrace({
      experimentId: message.experiment_id ?? '',
      requestTime: message.timestamp_ms ?? 0,
      metadata: keyValues(message.request_metadata),
      tags: withoutServerTags(keyValues(message.tags)),
    });
    return { trace_info: traceInfoToJsonV2(info) };
  }),
  ...call(ENDPOINTS.endTraceV2, END_TRACE, async (message, { store }, request) => {
    const { status = 'TRACE_STATUS_UNSPECIFIED' } = message;
    const info = await store.endTrace({
      traceId: traceIdOf(request),
      endTime: message.timestamp_ms ?? 0,
      state: status === 'TRACE_STATUS_UNSPECIFIED' ? 'STATE_UNSPECIFIED' : status,
      metadata: keyValues(message.request_metadata),
      tags: withoutServerTags(keyValues(message.tags)),
    });
    return { trace_info: traceInfoToJsonV2(info) };
  }),
  ...call(ENDPOINTS.getTraceInfoV2, NOTHING, async (_message, { store }, request) => ({
    trace_info: traceInfoToJsonV2(await store.getTraceInfo(traceIdOf(request))),
  })),
  ...call(ENDPOINTS.searchTracesV2, SEARCH_TRACES_V2, async (message, { store }) => {
    const page = await store.searchTraces({
      experimentIds: message.experiment_ids,
      maxResults: message.max_results ?? LIMITS.searchTracesDefault,
      orderBy: message.order_by,
      ...(message.filter && { filter: message.filter }),
      ...(message.page_token && { pageToken: message.page_token }),
    });
    return tracePage(page, traceInfoToJsonV2);
  }),
];
