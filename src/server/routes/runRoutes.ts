import { LIMITS } from '../../core/base/limits.js';
import { ENDPOINTS } from '../../core/wire/endpoints.js';
import {
  CREATE_RUN,
  DELETE_TAG,
  ONE_RUN,
  SEARCH_RUNS,
  SET_TAG,
  UPDATE_RUN,
} from '../../core/wire/requests/runs.js';
import { createdRunToJson, runInfoToJson, runToJson } from '../../core/wire/runJson.js';
import { keyValues } from './keyValues.js';
import { isTerminated } from '../../core/domain/run.js';
import { call, type Route } from './route.js';
import { runCall, runIdOf } from './runCall.js';

export const RUN_ROUTES: readonly Route[] = [
  ...call(ENDPOINTS.createRun, CREATE_RUN, async (message, { store, liveness }, { raw }) => {
    const run = await store.createRun({
      experimentId: message.experiment_id ?? '',
      userId: message.user_id ?? '',
      runName: message.run_name ?? '',
      startTime: Number(message.start_time ?? 0),
      tags: keyValues(message.tags),
    });
    liveness.wrote(run.info.runId, raw.raw);
    return { run: createdRunToJson(run) };
  }),
  ...call(ENDPOINTS.getRun, ONE_RUN, async (message, { store }) => ({
    run: runToJson(await store.getRun(runIdOf(message))),
  })),
  ...call(ENDPOINTS.updateRun, UPDATE_RUN, async (message, { store, liveness }, { raw }) => {
    const { status, end_time: endTime, run_name: runName } = message;
    const info = await store.updateRun({
      runId: runIdOf(message),
      ...(status !== undefined && { status }),
      ...(endTime !== undefined && { endTime: Number(endTime) }),
      ...(runName !== undefined && { runName }),
    });
    if (isTerminated(info.status)) {
      liveness.ended(info.runId);
    } else {
      liveness.wrote(info.runId, raw.raw);
    }
    return { run_info: runInfoToJson(info) };
  }),
  ...call(ENDPOINTS.deleteRun, ONE_RUN, async (message, { store }) => {
    await store.deleteRun(runIdOf(message));
    return {};
  }),
  ...call(ENDPOINTS.restoreRun, ONE_RUN, async (message, { store }) => {
    await store.restoreRun(runIdOf(message));
    return {};
  }),
  ...call(ENDPOINTS.searchRuns, SEARCH_RUNS, async (message, { store }) => {
    const page = await store.searchRuns({
      experimentIds: message.experiment_ids,
      viewType: message.run_view_type ?? 'ACTIVE_ONLY',
      maxResults: message.max_results ?? LIMITS.searchRunsDefault,
      orderBy: message.order_by,
      ...(message.filter && { filter: message.filter }),
      ...(message.page_token && { pageToken: message.page_token }),
      ...(message.workbench_excerpt && {
        excerpt: { metric: message.workbench_excerpt.metric ?? '', tags: message.workbench_excerpt.tags },
      }),
    });
    return {
      ...(page.items.length > 0 && { runs: page.items.map(runToJson) }),
      ...(page.nextPageToken && { next_page_token: page.nextPageToken }),
    };
  }),
  ...runCall(ENDPOINTS.setTag, SET_TAG, async (message, { store }) => {
    await store.setTag(runIdOf(message), { key: message.key ?? '', value: message.value ?? '' });
    return {};
  }),
  ...runCall(ENDPOINTS.deleteTag, DELETE_TAG, async (message, { store }) => {
    await store.deleteTag(message.run_id ?? '', message.key ?? '');
    return {};
  }),
];
