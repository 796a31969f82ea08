import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isErrorCode } from '../../../src/core/base/errors.js';
import { SILENT_LOGGER } from '../../../src/core/base/logger.js';
import { OTLP_TRACES_PATH } from '../../../src/core/wire/endpoints.js';
import { ALL_ROUTES } from '../../../src/server/routes/allRoutes.js';
import type { Route } from '../../../src/server/routes/route.js';
import { WORKBENCH_PATHS } from '../../../src/core/wire/workbenchApi.js';
import { callApi, createRun } from '../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../support/inProcessServer.js';
import { bodyBytes, type Known, pathPart, queryText } from '../../support/malformed.js';
import { type RawAnswer, sendRaw } from '../../support/rawHttp.js';

/** Answers that have no end. */
const STREAMS = [WORKBENCH_PATHS.changes, WORKBENCH_PATHS.runLease, WORKBENCH_PATHS.standAside];

/** What is below /ajax-api is, by the same handler, below /api too. */
const ROUTES = ALL_ROUTES.filter(
  ({ path, method }) =>
    !STREAMS.some((stream) => stream === path) &&
    !ALL_ROUTES.some(
      (other) =>
        other.method === method && other.path === path.replace('/ajax-api', '/api') && other.path !== path,
    ),
);

/** For all routes together, in milliseconds: a slow machine tries fewer requests of each. */
const TIME = 40_000;
const TRIES = {
  numRuns: 100,
  interruptAfterTimeLimit: Math.floor(TIME / ROUTES.length),
  markInterruptAsFailure: false,
};

/** For these MLflow's own statuses are 5xx. */
const NO_FAILURES: readonly unknown[] = ['NOT_IMPLEMENTED', 'INVALID_STATE'];

let server: InProcessServer;
const logged: string[] = [];

beforeAll(async () => {
  const logger = { ...SILENT_LOGGER, error: (text: string) => void logged.push(text) };
  server = await startInProcessServer({ serveArtifacts: true, logger });
});

afterAll(() => server.stop());

/** Makes one of each thing, which the requests may name, change and delete. */
async function makeKnown(): Promise<Known> {
  const { json } = await callApi(server.uri, 'experiments/create', { name: `known ${Math.random()}` });
  const experimentId = json.experiment_id as string;
  const model = await callApi(server.uri, 'logged-models', { experiment_id: experimentId });
  return {
    experiment_id: experimentId,
    run_id: await createRun(server.uri, experimentId),
    run_uuid: await createRun(server.uri, experimentId),
    model_id: (model.json as { model: { info: { model_id: string } } }).model.info.model_id,
  };
}

interface Sent {
  readonly target: string;
  readonly body: Buffer;
}

/** What requests of this route look like. */
function requests(route: Route, known: Known): fc.Arbitrary<Sent> {
  const type = route.definition?.message ?? {};
  const pieces = route.path
    .split(/(:\w+|\*)/)
    .map((piece) => (/^[:*]/.test(piece) ? pathPart(piece.slice(1), known) : fc.constant(piece)));
  return fc.record({
    target: fc
      .tuple(fc.tuple(...pieces), queryText(type, known))
      .map(([path, query]) => `${path.join('')}?${query}`),
    body: route.method === 'GET' ? fc.constant(Buffer.alloc(0)) : bodyBytes(type, known),
  });
}

function send({ method, readsBytes }: Route, { target, body }: Sent, known: Known): Promise<RawAnswer> {
  const type = readsBytes?.[body.length % readsBytes.length] ?? 'application/json';
  const headers = { 'content-type': type, 'x-mlflow-experiment-id': known.experiment_id ?? '' };
  return sendRaw(server.port, { method, target: `/${server.secret}${target}`, headers, body });
}

function expectLegitimate({ status, body }: RawAnswer, { path }: Route): void {
  if (status >= 200 && status < 300) {
    return;
  }
  const error = JSON.parse(body) as Record<string, unknown>;
  if (path === OTLP_TRACES_PATH && 'detail' in error) {
    expect([400, 422]).toContain(status);
    return;
  }
  expect(Object.keys(error).sort()).toEqual(['error_code', 'message']);
  expect(isErrorCode(error.error_code)).toBe(true);
  expect(error.message).toEqual(expect.any(String));
  if (!NO_FAILURES.includes(error.error_code)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
}

/** Whether the store writes and reads, whatever came before. */
async function expectStoreWorks(): Promise<void> {
  const { run_id: runId } = await makeKnown();
  const metric = { run_id: runId, key: 'm', value: 1, timestamp: 1 };
  expect((await callApi(server.uri, 'runs/log-metric', metric)).status).toBe(200);
  const read = await callApi(server.uri, `runs/get?run_id=${runId}`);
  expect(read.json).toMatchObject({ run: { data: { metrics: [{ key: 'm', value: 1 }] } } });
}

describe('malformed requests', () => {
  it.each(ROUTES.map((route) => [route.method, route.path, route] as const))(
    '%s %s answers with an error of MLflow or does as it was told',
    { timeout: 20_000 },
    async (_method, _path, route) => {
      const known = await makeKnown();
      const property = fc.asyncProperty(requests(route, known), async (sent) => {
        expectLegitimate(await send(route, sent, known), route);
      });
      await fc.assert(property, TRIES);
      await expectStoreWorks();
      expect(logged.splice(0)).toEqual([]);
    },
  );
});
