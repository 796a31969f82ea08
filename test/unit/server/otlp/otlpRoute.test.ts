import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { exportRequest, span } from '../../../support/protobuf.js';

let server: InProcessServer;

beforeAll(async () => {
  server = await startInProcessServer();
});

afterAll(() => server.stop());

const REQUEST = exportRequest([], span({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }));
const TYPE = 'application/x-protobuf';

function send(body: Uint8Array, headers: Readonly<Record<string, string>> = {}, path = '/v1/traces') {
  return fetch(server.uri + path, {
    method: 'POST',
    body,
    headers: { 'content-type': TYPE, 'x-mlflow-experiment-id': '0', ...headers },
  });
}

describe('where spans come in', () => {
  it('answers in the type that was sent', async () => {
    const response = await send(REQUEST);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, TYPE]);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
    const json = await send(Buffer.from('{"resourceSpans": []}'), { 'content-type': 'application/json' });
    expect(json.status).toBe(400);
  });

  it.each([
    ['text/plain', 400],
    ['application/x-www-form-urlencoded', 400],
    ['multipart/form-data; boundary=x', 400],
    ['application/x-protobuf; charset=x', 200],
  ])('of the type %s: %i', async (type, status) => {
    expect((await send(REQUEST, { 'content-type': type })).status).toBe(status);
  });

  it('is the only place that takes protobuf', async () => {
    const response = await send(REQUEST, {}, '/api/3.0/mlflow/traces/search');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
  });

  it('is not open to web pages, nor without the secret', async () => {
    expect((await send(REQUEST, { origin: 'http://127.0.0.1' })).status).toBe(403);
    const { origin } = new URL(server.uri);
    expect((await fetch(`${origin}/v1/traces`, { method: 'POST', body: REQUEST })).status).toBe(404);
  });

  it('unpacks what is packed, as far as it is willing to', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    expect((await send(gzipSync(REQUEST), gzip)).status).toBe(200);
    expect((await send(gzipSync(Buffer.alloc(70_000_000)), gzip)).status).toBe(400);
    expect((await send(REQUEST, gzip)).status).toBe(400);
    expect((await send(REQUEST, { 'content-encoding': 'br' })).status).toBe(400);
  });

  it('refuses a body that is too large before it is read', async () => {
    const response = await send(Buffer.alloc(33_000_000));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
  });

  it('keeps spans where they cannot be linked to their run', async () => {
    expect((await send(REQUEST, { 'x-mlflow-run-id': 'a run' })).status).toBe(200);
    const filter = "run_id = 'a run'";
    const query = { experimentIds: ['0'], maxResults: 5, orderBy: [], filter };
    expect((await server.opened.store.searchTraces(query)).items).toHaveLength(1);
  });
});
