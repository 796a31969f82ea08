import { afterEach, describe, expect, it } from 'vitest';
import { CONNECTION_BOUNDS, type ConnectionBounds } from '../../../../src/server/connectionBounds.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { answerOf, openSocket, receiveAll, sendRaw } from '../../../support/rawHttp.js';

/** Small enough that a test can go beyond each. */
const SMALL: ConnectionBounds = {
  connections: 100,
  headerBytes: 2_000,
  headers: 10,
  headersMs: 200,
  requestMs: 400,
  idleMs: 600,
  kept: 8,
  lingerMs: 100,
  checkEveryMs: 50,
};
const JSON_TYPE = 'Content-Type: application/json';

let server: InProcessServer | undefined;

afterEach(() => server?.stop());

async function start(bounds?: ConnectionBounds): Promise<InProcessServer> {
  server = await startInProcessServer({ serveArtifacts: true, ...(bounds && { bounds }) });
  return server;
}

function head({ port, secret }: InProcessServer, method: string, path: string, ...lines: string[]): string {
  return [`${method} /${secret}${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...lines, '', ''].join('\r\n');
}

describe('connections', () => {
  it('have bounds in the server that is in use', async () => {
    const { server: http } = (await start()).app;
    expect(http.maxConnections).toBe(CONNECTION_BOUNDS.connections);
    expect(http.headersTimeout).toBe(CONNECTION_BOUNDS.headersMs);
    expect(http.requestTimeout).toBe(CONNECTION_BOUNDS.requestMs);
    expect(http.timeout).toBe(CONNECTION_BOUNDS.idleMs);
    expect(http.keepAliveTimeout).toBe(CONNECTION_BOUNDS.idleMs);
    const small = Object.values(CONNECTION_BOUNDS).every((bound) => bound > 0 && bound <= 600_000);
    expect(small).toBe(true);
  });

  it('end when nothing is sent', async () => {
    const { port } = await start(SMALL);
    expect(await receiveAll(await openSocket(port))).not.toContain('200');
  });

  it('end when the headers take too long, a line now and then', async () => {
    const started = await start(SMALL);
    const socket = await openSocket(started.port);
    const received = receiveAll(socket);
    socket.write(head(started, 'GET', '/health').slice(0, -2));
    const drip = setInterval(() => socket.write('X: y\r\n'), 50);
    expect(answerOf(await received).status).toBe(408);
    clearInterval(drip);
  });

  it('end when the body takes too long, a byte now and then', async () => {
    const started = await start(SMALL);
    const socket = await openSocket(started.port);
    const received = receiveAll(socket);
    socket.write(head(started, 'PUT', '/api/2.0/mlflow-artifacts/artifacts/slow', 'Content-Length: 1000'));
    const drip = setInterval(() => socket.write('x'), 50);
    expect(await received).not.toContain(' 200 ');
    clearInterval(drip);
  });

  it('are not more than allowed', async () => {
    const started = await start({ ...CONNECTION_BOUNDS, connections: 4 });
    const sockets = await Promise.all(Array.from({ length: 4 }, () => openSocket(started.port)));
    const more = await openSocket(started.port);
    more.write(head(started, 'GET', '/health'));
    expect(await receiveAll(more)).toBe('');
    sockets.forEach((socket) => socket.destroy());
  });
});

describe('headers', () => {
  it.each([
    ['one long header', { long: 'x'.repeat(40_000) }],
    ['a long secret', { authorization: `Bearer ${'x'.repeat(40_000)}` }],
    ['thousands', Object.fromEntries(Array.from({ length: 9_000 }, (_item, index) => [`h${index}`, 'x']))],
  ])('%s are too much', async (_name, headers) => {
    const { port, secret } = await start();
    const answer = await sendRaw(port, { target: `/${secret}/health`, headers });
    expect(answer.status).toBe(431);
    expect(answer.body).toBe('');
  });

  it('are not more than a client has a use for', async () => {
    const { port, secret } = await start();
    const some = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_item, at) => [`h${at}`, 'x']));
    const target = `/${secret}/health`;
    expect((await sendRaw(port, { target, headers: some(150) })).status).toBe(200);
    expect((await sendRaw(port, { target, headers: some(250) })).status).toBe(431);
  });

  it('count the target too', async () => {
    const { port, secret } = await start();
    const answer = await sendRaw(port, { target: `/${secret}/health?${'x'.repeat(40_000)}` });
    expect(answer.status).toBe(431);
  });
});

describe('bodies', () => {
  const route = '/api/2.0/mlflow/runs/create';

  it.each([
    [route, 16_000_001],
    ['/api/2.0/mlflow/runs/log-batch', 1_000_001],
    ['/api/2.0/mlflow/runs/log-inputs', 64_000_001],
    ['/nothing/here', 16_000_001],
  ])('of %s are refused by their length alone, %d', async (path, length) => {
    const started = await start({ ...CONNECTION_BOUNDS, lingerMs: 100 });
    const socket = await openSocket(started.port);
    const received = receiveAll(socket);
    socket.write(head(started, 'POST', path, JSON_TYPE, `Content-Length: ${length}`));
    // Not a byte of it is sent, and still there is an answer and an end.
    expect(answerOf(await received).status).toBe(400);
  });

  it.each([
    ['a call', 'POST', route, JSON_TYPE, 400],
    ['a call of the wrong type', 'POST', route, 'Content-Type: text/plain', 400],
    ['nothing that there is', 'POST', '/nothing', JSON_TYPE, 400],
    ['a request without a body', 'DELETE', '/api/2.0/mlflow/logged-models/m-1', JSON_TYPE, 400],
  ])('without end, for %s, are cut off', async (_name, method, path, type, status) => {
    const started = await start({ ...CONNECTION_BOUNDS, lingerMs: 100 });
    const socket = await openSocket(started.port);
    const received = receiveAll(socket);
    socket.write(head(started, method, path, type, 'Transfer-Encoding: chunked'));
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const send = (): void => {
      if (!socket.destroyed && !socket.closed) {
        socket.write(chunk, () => setImmediate(send));
      }
    };
    send();
    expect(answerOf(await received).status).toBe(status);
  });

  it('of the wrong type are taken to their end, so that the answer arrives', async () => {
    const { uri } = await start();
    const body = 'x'.repeat(8_000_000);
    const answer = await fetch(`${uri}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('without end are cut off for whom is not let in', async () => {
    const { port } = await start();
    const socket = await openSocket(port);
    const received = receiveAll(socket);
    socket.write(`POST /wrong HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    expect(answerOf(await received).status).toBe(404);
  });
});
