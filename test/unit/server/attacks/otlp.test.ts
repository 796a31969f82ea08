import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, createRun } from '../../../support/api.js';
import { bytes, type Encoded, exportRequest, integer, keyValue, span } from '../../../support/protobuf.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { type RawAnswer, sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;

beforeAll(async () => {
  server = await startInProcessServer();
});

afterAll(() => server.stop());

const PROTOBUF = 'application/x-protobuf';

function send(body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  return sendRaw(server.port, {
    method: 'POST',
    target: `/${server.secret}/v1/traces`,
    headers: { 'content-type': PROTOBUF, 'x-mlflow-experiment-id': '0', ...headers },
    body: Buffer.from(body),
  });
}

const IDS = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const withAttribute = (value: Encoded): Encoded =>
  exportRequest([], span({ ...IDS, attributes: [keyValue(9, 'a', value)] }));

/** A list within a list ... */
function nested(depth: number): Encoded {
  let value: Encoded = bytes(1, 'x');
  for (let level = 0; level < depth; level += 1) {
    value = bytes(5, bytes(1, value));
  }
  return value;
}

describe('spans by OpenTelemetry', () => {
  it.each([
    ['nested without end', () => withAttribute(nested(5_000))],
    ['of millions of values', () => withAttribute(bytes(5, Buffer.alloc(4_200_000, Buffer.from([0x0a, 0]))))],
    ['of millions of fields that nobody knows', () => Buffer.alloc(8_000_000, Buffer.from([0x78, 0]))],
    ['of millions of spans', () => bytes(1, bytes(2, Buffer.alloc(4_000_000, Buffer.from([0x12, 0]))))],
    ['whose length lies', () => Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    [
      'whose length is beyond all numbers',
      () => Buffer.from([0x0a, ...Array.from({ length: 12 }, () => 0xff)]),
    ],
    ['of groups', () => Buffer.from([0x0b, 0x0c])],
    ['with a number for a message', () => integer(1, 5)],
    ['with a text that is no UTF-8', () => withAttribute(bytes(1, Buffer.from([0xff, 0xfe])))],
  ])('%s are refused', async (_name, body) => {
    expect((await send(body())).status).toBe(400);
  });

  it('cut off anywhere are refused, or are all there', async () => {
    const whole = withAttribute(bytes(1, 'value'));
    for (let length = 0; length < whole.length; length += 1) {
      expect([400, 422]).toContain((await send(whole.subarray(0, length))).status);
    }
    expect((await send(whole)).status).toBe(200);
  });

  it('packed are unpacked up to a bound', async () => {
    const packed = { 'content-encoding': 'gzip' };
    expect((await send(gzipSync(withAttribute(bytes(1, 'packed'))), packed)).status).toBe(200);
    expect((await send(gzipSync(Buffer.alloc(80_000_000)), packed)).status).toBe(400);
    expect((await send(gzipSync('x').subarray(0, 15), packed)).status).toBe(400);
    for (const encoding of ['br', 'zstd', 'gzip, gzip', 'toString', '__proto__']) {
      expect((await send(gzipSync('x'), { 'content-encoding': encoding })).status).toBe(400);
    }
  });

  it('in JSON are bounded like any JSON', async () => {
    const json = { 'content-type': 'application/json' };
    const start = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":';
    expect((await send(start + '['.repeat(50_000) + ']'.repeat(50_000), json)).status).toBe(400);
    expect((await send(`${start}[${'{},'.repeat(3_000_000)}{}]}]}]}]}`, json)).status).toBe(400);
    expect((await send(Buffer.from('7b22ff223a317d', 'hex'), json)).status).toBe(400);
  });

  it('may hold texts that would be too much as JSON', async () => {
    const texts = [
      '['.repeat(500_000),
      JSON.stringify('['.repeat(100_000) + ']'.repeat(100_000)),
      JSON.stringify(JSON.stringify({ n: 1 })),
      `"[${'9'.repeat(500_000)}]"`,
      `[NaN, "${'\\"'.repeat(100_000)}"]`,
      '{"__proto__": {"polluted": 1}}',
    ];
    for (const text of texts) {
      expect((await send(withAttribute(bytes(1, text)))).status).toBe(200);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  it('want a type that no page sends unasked', async () => {
    for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) {
      expect((await send(withAttribute(bytes(1, 'x')), { 'content-type': type })).status).toBe(400);
    }
  });
});

describe('the place of a trace', () => {
  const start = (traceId: string) =>
    fetch(`${server.uri}/api/3.0/mlflow/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        trace: {
          trace_info: {
            trace_id: traceId,
            trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '0' } },
            request_time: '2025-01-01T00:00:00Z',
            execution_duration: '1s',
            state: 'OK',
            tags: { 'mlflow.artifactLocation': '/etc' },
          },
        },
      }),
    });

  it.each([
    '..',
    '.',
    '../x',
    'a/../../x',
    '/etc',
    'a/b',
    'a\u0000',
    '%2e%2e',
    'a%2f..',
    'a?b',
    'a#b',
    'a ',
    'a.',
    '',
  ])('is not made of %j', async (traceId) => {
    expect((await start(traceId)).status).toBe(400);
  });

  it('is for the store alone to say', async () => {
    expect((await start('tr-mine')).status).toBe(200);
    const location = { key: 'mlflow.artifactLocation', value: '/etc' };
    const set = await fetch(`${server.uri}/api/2.0/mlflow/traces/tr-mine/tags`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(location),
    });
    expect(set.status).toBe(400);
    const ended = await fetch(`${server.uri}/api/2.0/mlflow/traces/tr-mine`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp_ms: 1_735_689_600_001, status: 'OK', tags: [location] }),
    });
    expect(ended.status).toBe(200);
    const { body } = await callApi(server.uri, 'traces/tr-mine/info');
    expect(body).toContain(server.folder);
    expect(body).not.toContain('/etc');
  });
});

describe('after all that', () => {
  it('the store works', async () => {
    expect(await createRun(server.uri)).toMatch(/^[0-9a-f]{32}$/);
  });
});
