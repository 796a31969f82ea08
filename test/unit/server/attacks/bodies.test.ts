import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callApi, createRun } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { type RawAnswer, sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;
let runId: string;

beforeAll(async () => {
  server = await startInProcessServer();
});

beforeEach(async () => {
  runId = await createRun(server.uri);
});

afterAll(() => server.stop());

function post(method: string, body: string | Buffer): Promise<RawAnswer> {
  const target = `/${server.secret}/api/2.0/mlflow/${method}`;
  return sendRaw(server.port, {
    method: 'POST',
    target,
    headers: { 'content-type': 'application/json' },
    body,
  });
}

function errorOf({ status, body }: RawAnswer): unknown {
  const { error_code: code, message, ...rest } = JSON.parse(body) as Record<string, unknown>;
  expect(rest).toEqual({});
  expect(message).toEqual(expect.any(String));
  return [status, code];
}

const REFUSED = [400, 'INVALID_PARAMETER_VALUE'];
const UNREADABLE = [400, 'BAD_REQUEST'];

describe('JSON that is nested', () => {
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

  it.each([101, 5_000, 100_000, 1_000_000])('%d deep is refused, wherever it stands', async (depth) => {
    for (const nested of [lists(depth), objects(depth)]) {
      const bodies = [
        nested,
        `{"name":${nested}}`,
        `{"name":"x","unknown":${nested}}`,
        `{"n":1234567890123456789,"name":${nested}}`,
      ];
      for (const body of bodies) {
        expect(errorOf(await post('experiments/create', body))).toEqual(REFUSED);
      }
    }
  });

  it('within a text is refused too', async () => {
    const model = `{"artifact_path":"m","flavors":{},"utc_time_created":"","run_id":"","metadata":${lists(5_000)}}`;
    const body = JSON.stringify({ run_id: runId, model_json: model });
    expect(errorOf(await post('runs/log-model', body))).toEqual(REFUSED);
    expect(errorOf(await post('experiments/create', JSON.stringify(lists(5_000))))).toEqual(REFUSED);
  });

  it('of millions of values is refused before they are made', async () => {
    const body = `{"run_id":"${runId}","datasets":[${'{},'.repeat(10_000_000)}{}]}`;
    expect(errorOf(await post('runs/log-inputs', body))).toEqual(REFUSED);
  });
});

describe('keys that mean something to JavaScript', () => {
  it('are keys like any other', async () => {
    const body =
      `{"run_id":"${runId}","__proto__":{"run_id":"x"},"constructor":{"prototype":{"polluted":1}},` +
      '"params":[{"key":"__proto__","value":"p"},{"key":"constructor","value":"c"},{"key":"toString","value":"t"}],' +
      '"tags":[{"key":"__proto__","value":"p","__proto__":{"polluted":1}}],' +
      '"metrics":[{"key":"__proto__","value":1,"timestamp":1},{"key":"hasOwnProperty","value":2,"timestamp":1}]}';
    expect((await post('runs/log-batch', body)).status).toBe(200);
    const { json } = await callApi(server.uri, `runs/get?run_id=${runId}`);
    expect(json).toMatchObject({
      run: {
        data: {
          params: [
            { key: '__proto__', value: 'p' },
            { key: 'constructor', value: 'c' },
            { key: 'toString', value: 't' },
          ],
          metrics: [
            { key: '__proto__', value: 1 },
            { key: 'hasOwnProperty', value: 2 },
          ],
        },
      },
    });
    expect(JSON.stringify(json)).toContain('{"key":"__proto__","value":"p"}');
    expect({}).not.toHaveProperty('polluted');
  });

  it('do not stand for fields', async () => {
    const inherited = '{"__proto__":{"name":"inherited","artifact_location":"/etc"}}';
    expect(errorOf(await post('experiments/create', inherited))).toEqual(REFUSED);
  });

  it.each(['toString', 'valueOf', 'toJSON', 'length', 'then', '__proto__'])(
    'make no number and no text of an object: %s',
    async (name) => {
      const trick = `{"${name}":1}`;
      for (const body of [
        `{"run_id":"${runId}","key":"k","value":${trick},"timestamp":1}`,
        `{"run_id":"${runId}","key":"k","value":1,"timestamp":${trick}}`,
        `{"run_id":"${runId}","key":${trick},"value":1,"timestamp":1}`,
        `{"run_id":${trick},"key":"k","value":1,"timestamp":1}`,
      ]) {
        expect(errorOf(await post('runs/log-metric', body))).toEqual(REFUSED);
      }
      const view = `{"experiment_ids":["0"],"run_view_type":${trick},"max_results":${trick}}`;
      expect(errorOf(await post('runs/search', view))).toEqual(REFUSED);
      expect(errorOf(await post('runs/update', `{"run_id":"${runId}","status":${trick}}`))).toEqual(REFUSED);
    },
  );
});

describe('numbers', () => {
  const metric = (value: string, timestamp: string, step: string) =>
    `{"run_id":"${runId}","key":"k","value":${value},"timestamp":${timestamp},"step":${step}}`;
  const long = '9'.repeat(900_000);

  it.each([
    ['beyond 64 bits', '9223372036854775808'],
    ['far below zero', '-9223372036854775809'],
    ['of a million digits', long],
    ['of a million digits in a text', `"${long}"`],
    ['of a million digits and a letter in a text', `"${long}x"`],
    ['of a million underscores in a text', `"1${'_'.repeat(900_000)}x"`],
    ['of a million spaces in a text', `"${' '.repeat(900_000)}x"`],
    ['that are infinite', '1e999'],
    ['that are no integer', '1.5'],
    ['with a huge exponent in a text', '"1e999999999"'],
  ])('%s are no steps', async (_name, number) => {
    expect(errorOf(await post('runs/log-metric', metric('1', '1', number)))).toEqual(REFUSED);
  });

  it('at the ends of 64 bits are kept exactly', async () => {
    expect((await post('runs/log-metric', metric('1', '1', '9223372036854775807'))).status).toBe(200);
    expect((await post('runs/log-metric', metric('1', '1', '-9223372036854775808'))).status).toBe(200);
    const { body } = await callApi(server.uri, `metrics/get-history?run_id=${runId}&metric_key=k`);
    expect(body).toContain('9223372036854775807');
    expect(body).toContain('-9223372036854775808');
  });

  it('are said back in part only', async () => {
    const { body } = await post('experiments/create', `{"name":[${'1,'.repeat(200_000)}1]}`);
    expect(body.length).toBeLessThan(20_000);
  });
});

describe('text', () => {
  it('that is not UTF-8 is not read', async () => {
    for (const bytes of ['ff', 'c080', 'c0ae', 'eda080', 'f8888080', 'e4b8', '80']) {
      const body = Buffer.concat([Buffer.from('{"name":"x'), Buffer.from(bytes, 'hex'), Buffer.from('"}')]);
      expect(errorOf(await post('experiments/create', body)), bytes).toEqual(UNREADABLE);
    }
    expect(errorOf(await post('experiments/create', Buffer.from('{"name":"x"}', 'utf16le')))).toEqual(
      REFUSED,
    );
  });

  it('may begin with a byte order mark, once', async () => {
    expect((await post('experiments/create', '\ufeff{"name":"marked"}')).status).toBe(200);
    expect(errorOf(await post('experiments/create', '\ufeff\ufeff{"name":"twice"}'))).toEqual(REFUSED);
  });

  it('with half a character is refused', async () => {
    for (const half of ['\\ud800', '\\udc00', 'a\\ud83d', '\\ude00b', '\\udc00\\ud800']) {
      const tag = `{"run_id":"${runId}","key":"k","value":"${half}"}`;
      expect(errorOf(await post('runs/set-tag', tag)), half).toEqual(REFUSED);
    }
    expect(
      (await post('runs/set-tag', `{"run_id":"${runId}","key":"k","value":"\\ud83d\\ude00"}`)).status,
    ).toBe(200);
  });

  it('with a NUL comes back as it was, or is refused', async () => {
    expect((await post('runs/set-tag', `{"run_id":"${runId}","key":"k","value":"a\\u0000b"}`)).status).toBe(
      200,
    );
    const { body } = await callApi(server.uri, `runs/get?run_id=${runId}`);
    expect(body).toContain('a\\u0000b');
    expect(errorOf(await post('runs/set-tag', `{"run_id":"${runId}","key":"k\\u0000","value":""}`))).toEqual(
      REFUSED,
    );
  });
});

describe('a name that comes twice', () => {
  it('counts as it comes last, and only so', async () => {
    const twice =
      '{"name":"first","name":"second","artifact_location":"mlruns/a","artifact_location":"/etc"}';
    expect(errorOf(await post('experiments/create', twice))).toEqual(REFUSED);
    expect((await post('experiments/create', '{"name":"first","name":"second"}')).status).toBe(200);
    const { status } = await callApi(server.uri, 'experiments/get-by-name?experiment_name=second');
    expect(status).toBe(200);
  });

  it('in two spellings is refused', async () => {
    const spellings = '{"name":"x","artifact_location":"mlruns/a","artifactLocation":"/etc"}';
    expect(errorOf(await post('experiments/create', spellings))).toEqual(REFUSED);
  });
});

describe('a body that is packed', () => {
  it.each(['gzip', 'deflate', 'br'])('as %s is not unpacked', async (encoding) => {
    const answer = await sendRaw(server.port, {
      method: 'POST',
      target: `/${server.secret}/api/2.0/mlflow/experiments/create`,
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: gzipSync('{"name":"packed"}'),
    });
    expect(errorOf(answer)).toEqual(UNREADABLE);
  });
});
