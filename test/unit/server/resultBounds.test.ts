import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/core/base/limits.js';
import { type Answer, callApi, createRun, request } from '../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../support/inProcessServer.js';

let server: InProcessServer;
let runId: string;

beforeAll(async () => {
  server = await startInProcessServer();
  runId = await createRun(server.uri);
  const metrics = Array.from({ length: 1000 }, (_item, step) => ({
    key: 'm',
    value: step,
    timestamp: step,
    step,
  }));
  await callApi(server.uri, 'runs/log-batch', { run_id: runId, metrics });
});

afterAll(() => server.stop());

function refusal({ status, json }: Answer): unknown {
  return [status, json.error_code];
}

const REFUSED = [400, 'INVALID_PARAMETER_VALUE'];
const NUMBERS = [0, -1, 50_001, 2 ** 31 - 1, 2 ** 31, '9'.repeat(30)];

describe('max_results', () => {
  it.each(NUMBERS)('of %s is refused by every search', async (most) => {
    const experiments = { max_results: most };
    const runs = { experiment_ids: ['0'], max_results: most };
    expect(refusal(await callApi(server.uri, 'experiments/search', experiments))).toEqual(REFUSED);
    expect(refusal(await callApi(server.uri, `experiments/search?max_results=${most}`))).toEqual(REFUSED);
    expect(refusal(await callApi(server.uri, 'runs/search', runs))).toEqual(REFUSED);
    if (most !== 0) {
      // MLflow takes 0 for the default here.
      expect(refusal(await callApi(server.uri, 'logged-models/search', runs))).toEqual(REFUSED);
    }
  });

  it.each([LIMITS.searchRunsMax, 1])('of %d is taken', async (most) => {
    const search = { experiment_ids: ['0'], max_results: most };
    for (const method of ['experiments/search', 'runs/search', 'logged-models/search']) {
      expect((await callApi(server.uri, method, search)).status).toBe(200);
    }
  });
});

describe('max_results of the registry, traces and datasets', () => {
  const locations = [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '0' } }];

  it.each([
    ['registered-models/search?max_results=1001'],
    ['registered-models/search?max_results=0'],
    ['model-versions/search?max_results=200001'],
    ['model-versions/search?max_results=-1'],
  ])('is bounded: %s', async (method) => {
    expect(refusal(await callApi(server.uri, method))).toEqual(REFUSED);
  });

  it.each([
    ['traces/search', { locations, max_results: 50_001 }],
    ['traces/search', { locations, max_results: -1 }],
    ['datasets/search', { experiment_ids: ['0'], max_results: 50_001 }],
  ])('is bounded: %s %j', async (method, body) => {
    const answer = await request(`${server.uri}/api/3.0/mlflow/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(refusal(answer)).toEqual(REFUSED);
  });
});

describe('histories', () => {
  const interval = 'metrics/get-history-bulk-interval';
  const ids = (count: number, name: string) =>
    Array.from({ length: count }, () => `${name}=${runId}`).join('&');

  it.each([
    `${interval}?run_ids=x&metric_key=m&max_results=2501`,
    `${interval}?run_ids=x&metric_key=m&max_results=0`,
    `${interval}?${ids(101, 'run_ids')}&metric_key=m`,
    'metrics/get-history?run_id=x&metric_key=m&max_results=0',
    'metrics/get-history?run_id=x&metric_key=m&max_results=-1',
  ])('are bounded: %s', async (method) => {
    expect(refusal(await callApi(server.uri, method.replace('=x&', `=${runId}&`)))).toEqual(REFUSED);
  });

  it('of many runs are bounded too', async () => {
    const bulk = `${server.uri}/ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=m&`;
    expect(refusal(await request(bulk + ids(101, 'run_id')))).toEqual(REFUSED);
    const many = await request(bulk + ids(100, 'run_id'));
    expect(many.json.metrics).toHaveLength(LIMITS.bulkHistoryResults);
  });

  it('of the summary too', async () => {
    const path = '/api/workbench/1.0/runs/metric-summaries';
    for (const points of ['10001', '-1', '1.5', 'x', '1e9', 'Infinity']) {
      expect(refusal(await request(`${server.uri}${path}?run_id=${runId}&points=${points}`))).toEqual(
        REFUSED,
      );
    }
  });
});

describe('lists in a request', () => {
  it.each([
    ['metrics', 1001, { key: 'k', value: 1, timestamp: 1 }],
    ['params', 101, { key: 'k', value: '' }],
    ['tags', 101, { key: 'k', value: '' }],
  ])('of %s are bounded', async (name, count, item) => {
    const items = Array.from({ length: count }, (_item, index) => ({ ...item, key: `k${index}` }));
    expect(refusal(await callApi(server.uri, 'runs/log-batch', { run_id: runId, [name]: items }))).toEqual(
      REFUSED,
    );
  });

  it('of experiments may be long', async () => {
    const search = { experiment_ids: Array.from({ length: 100_000 }, (_item, index) => String(index)) };
    expect((await callApi(server.uri, 'runs/search', { ...search, max_results: 1 })).status).toBe(200);
    expect((await callApi(server.uri, 'logged-models/search', { ...search, max_results: 1 })).status).toBe(
      200,
    );
  });

  it.each([
    ['a long filter', { filter: `tags.a = '${'x'.repeat(500_001)}'` }],
    ['many comparisons', { filter: Array.from({ length: 501 }, () => "tags.a = 'b'").join(' AND ') }],
    ['many parentheses', { filter: `${'('.repeat(100_000)}tags.a = 'b'${')'.repeat(100_000)}` }],
    ['many NOTs', { filter: `${'NOT '.repeat(100_000)}tags.a = 'b'` }],
    ['many orders', { order_by: Array.from({ length: 51 }, (_item, index) => `tags.a${index}`) }],
    ['a long pattern', { filter: `tags.a LIKE '${'%'.repeat(50_001)}'` }],
    ['a pattern that explodes', { filter: `tags.a RLIKE '${'(a{1,100}){1,100}'}'` }],
  ])('%s is refused', async (_name, search) => {
    const answer = await callApi(server.uri, 'runs/search', { experiment_ids: ['0'], ...search });
    expect(refusal(answer)).toEqual(REFUSED);
  });
});
