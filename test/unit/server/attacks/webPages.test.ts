import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORKBENCH_PATHS } from '../../../../src/core/wire/workbenchApi.js';
import { callApi } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { type RawAnswer, type RawRequest, sendBytes, sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;

beforeAll(async () => {
  server = await startInProcessServer({ serveArtifacts: true });
});

afterAll(() => server.stop());

/** Sends a request below the secret. */
function send(request: RawRequest): Promise<RawAnswer> {
  return sendRaw(server.port, { ...request, target: `/${server.secret}${request.target}` });
}

const CREATE = '/api/2.0/mlflow/experiments/create';
const JSON_TYPE = { 'content-type': 'application/json' };

async function experimentNames(): Promise<string[]> {
  const { json } = await callApi(server.uri, 'experiments/search', { max_results: 1000 });
  return (json as { experiments: { name: string }[] }).experiments.map(({ name }) => name);
}

describe('a name that was made to lead to us (DNS rebinding)', () => {
  const port = '<port>';
  it.each([
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    'localhost:80',
    `127.0.0.1:${port}.evil.example`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `evil@127.0.0.1:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `127.0.0.1:${port}/`,
    `127.0.0.1:${port}, evil.example`,
    `127.0.0.1:0${port}`,
    `127.1:${port}`,
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `127.0.0.2:${port}`,
    `192.168.0.1:${port}`,
    `localhost.:${port}`,
    `[::]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[::1%25lo]:${port}`,
    `::1:${port}`,
    `[::1]`,
    '',
  ])('is refused as %s', async (host) => {
    const answer = await send({ target: '/health', host: host.replace(port, String(server.port)) });
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain(host || 'OK');
  });

  it.each([`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])(
    'is ours as %s',
    async (host) => {
      const answer = await send({ target: '/health', host: host.replace(port, String(server.port)) });
      expect(answer.status).toBe(200);
    },
  );

  it('is refused where there is none, or more than one', async () => {
    const own = `127.0.0.1:${server.port}`;
    const target = `/${server.secret}/health`;
    expect((await sendRaw(server.port, { target, host: null })).status).toBe(400);
    const lines = (...hosts: string[]) =>
      `GET ${target} HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`;
    expect((await sendBytes(server.port, lines(own, 'evil.example'))).status).toBe(403);
    expect((await sendBytes(server.port, lines('evil.example', own))).status).toBe(403);
    expect((await sendBytes(server.port, lines(own, own))).status).toBe(403);
    expect((await sendBytes(server.port, `GET ${target} HTTP/1.0\r\n\r\n`)).status).toBe(403);
  });

  it.each(['http://127.0.0.1:<port>', 'http://evil.example', 'https://localhost', '//evil.example', '*', ''])(
    'is refused in the target, before the path: %s',
    async (start) => {
      const target = `${start.replace(port, String(server.port))}/${server.secret}/health`;
      const answer = await sendRaw(server.port, { target: start === '' ? target.slice(1) : target });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );
});

describe('a web page', () => {
  const origins = [
    'http://evil.example',
    'https://127.0.0.1',
    'http://localhost:9999',
    'http://127.0.0.1:<port>',
    'http://localhost:<port>',
    'null',
    'file://',
    'vscode-webview://0123456789',
    'chrome-extension://abcdefgh',
    '',
  ];
  it.each(origins)('is not answered as Origin %j', async (origin) => {
    const headers = { origin: origin.replace('<port>', String(server.port)) };
    const answers = [
      await send({ target: '/health', headers }),
      await send({ target: '/nothing', headers }),
      await send({
        method: 'OPTIONS',
        target: CREATE,
        headers: { ...headers, 'access-control-request-method': 'POST' },
      }),
      await send({
        method: 'POST',
        target: CREATE,
        headers: { ...headers, ...JSON_TYPE },
        body: '{"name":"by a page"}',
      }),
      await send({
        method: 'PUT',
        target: '/api/2.0/mlflow-artifacts/artifacts/by-a-page',
        headers,
        body: 'x',
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.text.toLowerCase()).not.toContain('access-control');
    }
  });

  it.each(['cross-site', 'same-site', 'nonsense'])('is not answered as Sec-Fetch-Site %s', async (site) => {
    const answer = await send({ target: '/health', headers: { 'sec-fetch-site': site } });
    expect(answer.status).toBe(403);
  });

  it('is not answered by an Origin behind thousands of other headers', async () => {
    const headers = Object.fromEntries(Array.from({ length: 2500 }, (_item, index) => [`h${index}`, '']));
    const answer = await send({ target: '/health', headers: { ...headers, origin: 'http://evil.example' } });
    expect([403, 431]).toContain(answer.status);
  });

  it.each([
    ['nothing', {}],
    ['text/plain', { 'content-type': 'text/plain' }],
    ['text/plain with JSON in its parameters', { 'content-type': 'text/plain; application/json' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with a file', { 'content-type': 'multipart/form-data; boundary=application/json' }],
    ['two types', { 'content-type': 'application/json, text/plain' }],
    ['another JSON', { 'content-type': 'application/json-seq' }],
    ['JSON of somebody', { 'content-type': 'application/vnd.x+json' }],
    ['an empty type', { 'content-type': '' }],
  ])('cannot change anything without asking first: a body as %s is refused', async (_name, headers) => {
    const body = '{"name":"by a page","run_id":"x","status":"FINISHED"}';
    const routes = [
      { method: 'POST', target: CREATE },
      { method: 'POST', target: '/api/2.0/mlflow/runs/create' },
      { method: 'POST', target: WORKBENCH_PATHS.shutdown },
      { method: 'PATCH', target: '/api/2.0/mlflow/logged-models/m-1' },
    ];
    for (const route of routes) {
      const answer = await send({ ...route, headers, body });
      expect(answer.status, route.target).toBe(400);
    }
    expect(await experimentNames()).toEqual(['Default']);
  });

  it('cannot say in a header that a simple request is another one', async () => {
    const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override', '_method'];
    const headers = Object.fromEntries(overrides.map((name) => [name, 'POST']));
    const answer = await send({ target: `${CREATE}?_method=POST&name=by-a-page`, headers });
    expect(answer.status).toBe(405);
    const post = await send({
      method: 'POST',
      target: '/api/2.0/mlflow/logged-models/m-1',
      headers: { ...JSON_TYPE, ...Object.fromEntries(overrides.map((name) => [name, 'DELETE'])) },
      body: '{}',
    });
    expect(post.status).toBe(405);
    expect(await experimentNames()).toEqual(['Default']);
  });
});
