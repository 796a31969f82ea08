import { invalidParameter } from '../../core/base/errors.js';
import { WORKBENCH_PATHS } from '../../core/wire/workbenchApi.js';
import { metricSummaryToJson, runLivenessToJson } from '../../core/wire/workbenchJson.js';
import { type Route, SENT } from './route.js';

const DEFAULT_POINTS = 300;
const MAX_POINTS = 10_000;

/** What this server answers beside MLflow's API, see `core/wire/workbenchApi.ts`. */
export const WORKBENCH_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: WORKBENCH_PATHS.identity,
    handle: (_request, context) => Promise.resolve(context.identity()),
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.metricSummaries,
    handle: async ({ query }, { store }) => {
      const points = Number(query.get('points') ?? DEFAULT_POINTS);
      if (!Number.isInteger(points) || points < 0 || points > MAX_POINTS) {
        throw invalidParameter(`points must be an integer between 0 and ${MAX_POINTS}`);
      }
      const summaries = await store.getMetricSummaries(query.get('run_id') ?? '', points);
      return { metrics: summaries.map(metricSummaryToJson) };
    },
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.runLiveness,
    handle: async (_request, { liveness }) => ({ runs: (await liveness.facts()).map(runLivenessToJson) }),
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.changes,
    handle: ({ reply }, { changes }) => {
      reply.hijack();
      changes.serve(reply.raw);
      return Promise.resolve(SENT);
    },
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.runLease,
    handle: async ({ query, reply }, { store, runLeases }) => {
      const { runId } = (await store.getRun(query.get('run_id') ?? '')).info;
      reply.hijack();
      runLeases.serve(runId, reply.raw);
      return SENT;
    },
  },
  {
    method: 'GET',
    path: WORKBENCH_PATHS.leasedRuns,
    handle: (_request, { runLeases }) => Promise.resolve({ run_ids: runLeases.runIds }),
  },
  {
    method: 'POST',
    path: WORKBENCH_PATHS.shutdown,
    handle: (_request, context) => {
      context.shutDown();
      return Promise.resolve({});
    },
  },
];
