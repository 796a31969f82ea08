import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ROUTES } from '../../../src/server/routes/allRoutes.js';
import { type InProcessServer, startInProcessServer } from '../../support/inProcessServer.js';
import { type RawAnswer, sendRaw } from '../../support/rawHttp.js';
import { examplePath, type RegisteredRoute, watchRoutes } from '../../support/registeredRoutes.js';

/** Each row is a route that is there, or a request that reaches none. Routes to come are in it by themselves. */
const ROUTES: readonly RegisteredRoute[] = [
  ...ALL_ROUTES.map(({ method, path }) => ({ method, path: examplePath(path) })),
  { method: 'GET', path: '/nothing' },
  { method: 'POST', path: '/nothing' },
  { method: 'GET', path: '/api/2.0/mlflow/runs/create' },
  { method: 'DELETE', path: '/health' },
  { method: 'OPTIONS', path: '/health' },
  { method: 'TRACE', path: '/health' },
  { method: 'POST', path: '/graphql' },
  { method: 'POST', path: '/v1/traces/nothing' },
];
const READS_JSON = /^(POST|PATCH)$/;

let server: InProcessServer;
let open: InProcessServer;
let registered: readonly RegisteredRoute[];

beforeAll(async () => {
  const { created, routes } = await watchRoutes(() => startInProcessServer({ serveArtifacts: true }));
  server = created;
  registered = routes;
  open = await startInProcessServer({ serveArtifacts: true, noSecret: true });
});

afterAll(async () => {
  await server.stop();
  await open.stop();
});

interface Way {
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly prefix?: string;
}

function send(to: InProcessServer, { method, path }: RegisteredRoute, way: Way = {}): Promise<RawAnswer> {
  const { prefix = new URL(to.uri).pathname.replace(/\/$/, ''), headers = {}, host } = way;
  const type = READS_JSON.test(method) ? { 'content-type': 'application/json' } : {};
  return sendRaw(to.port, {
    method,
    target: prefix + path,
    headers: { ...type, ...headers },
    ...(host !== undefined && { host }),
    ...(READS_JSON.test(method) && { body: '{}' }),
  });
}

describe('the table of routes', () => {
  it('is all that there is', () => {
    const name = ({ method, path }: RegisteredRoute): string => `${method} ${path}`;
    expect(registered.length).toBeGreaterThanOrEqual(100);
    expect(registered.map(name).sort()).toEqual(ALL_ROUTES.map(name).sort());
  });

  it('has nothing twice', () => {
    const names = ALL_ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('takes JSON in each POST and PATCH, and a stream in PUT alone', () => {
    expect(ALL_ROUTES.filter(({ streamsBody, method }) => streamsBody && method !== 'PUT')).toEqual([]);
  });
});

describe.each(ROUTES)('$method $path', (route) => {
  it('is not there without the secret', async () => {
    for (const prefix of ['', '/wrong', `/${server.secret.slice(1)}`, `//${server.secret}`]) {
      const { status, body } = await send(server, route, { prefix });
      // A person who comes with a browser is told where the address is.
      const isWelcome = prefix + route.path === '/';
      expect(status).toBe(isWelcome ? 200 : 404);
      expect(body).toMatch(isWelcome ? /only its owner knows/ : /^(Not found\n)?$/);
    }
  });

  it('is not for another Host', async () => {
    for (const to of [server, open]) {
      for (const host of ['evil.example', `evil.example:${to.port}`, `127.0.0.1:${to.port + 1}`]) {
        const { status, body } = await send(to, route, { host });
        expect(status).toBe(403);
        expect(body).toMatch(/^(Invalid Host header\n)?$/);
      }
    }
  });

  it('is not for a web page', async () => {
    for (const to of [server, open]) {
      for (const headers of [
        { origin: 'http://evil.example' },
        { origin: `http://127.0.0.1:${to.port}` },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
      ]) {
        const { status, text } = await send(to, route, { headers });
        expect(status).toBe(403);
        expect(text.toLowerCase()).not.toContain('access-control');
      }
    }
  });
});

const jsonRoutes = ROUTES.slice(0, ALL_ROUTES.length).filter(({ method }) => READS_JSON.test(method));

describe.each(jsonRoutes)('$method $path', (route) => {
  it('reads nothing but JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      const { status, body } = await send(open, route, { headers: { 'content-type': type } });
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
    }
  });
});
