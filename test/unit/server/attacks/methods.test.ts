import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../../../src/core/wire/endpoints.js';
import { ALL_ROUTES } from '../../../../src/server/routes/allRoutes.js';
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

describe('other methods', () => {
  it.each([
    'HEAD',
    'OPTIONS',
    'TRACE',
    'PUT',
    'DELETE',
    'PROPFIND',
    'MKCOL',
    'COPY',
    'MOVE',
    'LOCK',
    'PURGE',
    'LINK',
  ])('%s of a call is not answered', async (method) => {
    for (const target of ['/health', CREATE, '/get-artifact?run_id=x&path=y']) {
      const answer = await send({
        method,
        target,
        headers: { ...JSON_TYPE, 'x-secret': 'reflected' },
        body: '{}',
      });
      expect([404, 405]).toContain(answer.status);
      expect(answer.text).not.toContain('reflected');
      expect(answer.headers).not.toHaveProperty('allow');
    }
  });

  it('CONNECT makes no tunnel, and no upgrade happens', async () => {
    const host = `Host: 127.0.0.1:${server.port}\r\n`;
    const tunnel = await sendBytes(server.port, `CONNECT evil.example:80 HTTP/1.1\r\n${host}\r\n`);
    expect(tunnel.text).toBe('');
    const status = await new Promise((resolve, reject) => {
      const headers = { connection: 'upgrade', upgrade: 'websocket' };
      const path = `/${server.secret}/health`;
      httpRequest({ port: server.port, host: '127.0.0.1', path, headers, agent: false })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('upgrade', () => reject(new Error('upgraded')))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it('a method that does not exist, and a preface of HTTP/2, are no requests', async () => {
    const bytes = [`BREW /${server.secret}/health HTTP/1.1\r\n\r\n`, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'];
    for (const each of bytes) {
      const answer = await sendBytes(server.port, each);
      expect(answer.status).toBe(400);
      expect(answer.body).toBe('');
    }
  });
});

describe('redirects', () => {
  it.each([
    '/health/',
    '//health',
    '/health//',
    '/api/2.0/mlflow',
    '//evil.example',
    '/\\evil.example',
    '/./health',
    '/%2e%2e/health',
  ])('%s leads nowhere else', async (target) => {
    const answer = await send({ target });
    expect([404, 405]).toContain(answer.status);
    expect(answer.headers).not.toHaveProperty('location');
  });
});

describe('a simple GET', () => {
  it('of any route changes nothing', async () => {
    const seen: string[] = [];
    const subscription = server.opened.onDidChange((change) => seen.push(JSON.stringify(change)));
    const paths = ALL_ROUTES.filter(({ path }) => !path.endsWith('/changes')).map(({ path }) =>
      path.replace(/:\w+|\*/g, '0'),
    );
    const query = 'name=by-a-get&run_id=x&experiment_id=0&key=k&value=1&timestamp=1&path=x&status=FINISHED';
    for (const path of paths) {
      const { status } = await send({ target: `${path}?${query}` });
      expect(status, path).not.toBe(500);
    }
    subscription.dispose();
    expect(paths.length).toBeGreaterThan(50);
    expect(seen).toEqual([]);
    const { body } = await callApi(server.uri, 'experiments/search', { max_results: 1000 });
    expect(body).not.toContain('by-a-get');
  });

  it('is what no call that changes something takes', () => {
    const changing = /^(create|delete|restore|update|rename|set|log|transition|finalize|link|upload)[A-Z]/;
    const gets = Object.entries(ENDPOINTS).filter(([, { method }]) => method === 'GET');
    expect(gets.length).toBeGreaterThan(5);
    expect(gets.map(([name]) => name).filter((name) => changing.test(name))).toEqual([]);
  });
});

describe('archives', () => {
  it('are nothing that a route takes: there is no unpacking', () => {
    const paths = ALL_ROUTES.map(({ path }) => path);
    expect(paths.filter((path) => /zip|tar|archive|unpack|extract|import|restore-from/i.test(path))).toEqual(
      [],
    );
  });
});
