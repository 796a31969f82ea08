// Connections of clients over real sockets, on a system that tells nothing of processes.
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { subscribeToChanges } from '../../../../src/core/client/subscribeToChanges.js';
import { CONNECTION_BOUNDS } from '../../../../src/server/connectionBounds.js';
import { createRun } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { livenessOf } from '../../../support/liveness.js';
import { openSocket } from '../../../support/rawHttp.js';

const IDLE_MS = 200;
const GRACE_MS = 100;
const PYTHON = 'mlflow-python-client/3.18.0';

let server: InProcessServer;

afterEach(() => server.stop());

async function start(kept = 8, idleMs = IDLE_MS): Promise<void> {
  const bounds = { ...CONNECTION_BOUNDS, idleMs, kept };
  server = await startInProcessServer({ bounds, graceMs: GRACE_MS });
}

/** Calls over a connection that stays open, as a client with a pool does. */
async function call(socket: Socket, method: string, body: unknown, agent = PYTHON): Promise<string> {
  const json = JSON.stringify(body);
  const answered = new Promise((resolve) => socket.once('data', resolve));
  socket.write(
    [
      `POST /${server.secret}/api/2.0/mlflow/${method} HTTP/1.1`,
      `Host: 127.0.0.1:${server.port}`,
      `User-Agent: ${agent}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(json)}`,
      '',
      json,
    ].join('\r\n'),
  );
  const answer = String(await answered);
  expect(answer).toContain('HTTP/1.1 200');
  return answer;
}

/** A connection over which a run was written to. */
async function writerOf(runId: string, agent = PYTHON): Promise<Socket> {
  const socket = await openSocket(server.port);
  await call(socket, 'runs/set-tag', { run_id: runId, key: 'by', value: 'a script' }, agent);
  return socket;
}

const processOf = async (runId: string) => (await livenessOf(server.client, runId))?.process.kind;
const idleTimes = (count: number) => new Promise((resolve) => setTimeout(resolve, count * IDLE_MS));

/** Makes a run over a connection. */
async function runOf(socket: Socket): Promise<string> {
  const answer = await call(socket, 'runs/create', { experiment_id: '0' });
  return /"run_id":\s*"(\w+)"/.exec(answer)?.[1] ?? '';
}

const closedByServer = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve).resume());

describe('a connection over which a run was written to', () => {
  it('stays open however silent it is while the run is not ended, and its end is told', async () => {
    await start();
    const socket = await openSocket(server.port);
    const runId = await runOf(socket);
    await idleTimes(6);
    expect(socket.destroyed || socket.readableEnded).toBe(false);
    expect(await processOf(runId)).toBe('alive');
    socket.destroy();
    await expect.poll(() => processOf(runId)).toBe('gone');
  });

  it('tells everybody who listens when it ends, not only who asks', async () => {
    await start(8, 60_000);
    const socket = await openSocket(server.port);
    const runId = await runOf(socket);
    const listening = new AbortController();
    let told = 0;
    await new Promise<void>((resolve) => {
      void subscribeToChanges(server.uri, {
        signal: listening.signal,
        onState: () => resolve(),
        onChange: (change) => (told += change.liveness === true ? 1 : 0),
      });
    });
    expect(await processOf(runId)).toBe('alive');
    expect(told).toBe(0);
    socket.destroy();
    await expect.poll(() => processOf(runId)).toBe('gone');
    await expect.poll(() => told).toBe(1);
    listening.abort();
  });

  it('is closed once its run has ended', async () => {
    await start();
    const socket = await openSocket(server.port);
    const runId = await runOf(socket);
    await call(socket, 'runs/update', { run_id: runId, status: 'FINISHED' });
    await closedByServer(socket);
    expect(await processOf(runId)).toBeUndefined();
  });

  it('is closed where too many are kept, which is no end of a process', async () => {
    await start(1);
    const first = await openSocket(server.port);
    const runs = [await runOf(first)];
    const second = await openSocket(server.port);
    runs.push(await runOf(second));
    await Promise.race([first, second].map(closedByServer));
    await idleTimes(3);
    expect([first.destroyed, second.destroyed].filter(Boolean)).toHaveLength(1);
    const [ofClosed, ofKept] = first.destroyed ? runs : [...runs].reverse();
    expect(await processOf(ofClosed ?? '')).toBe('unknown');
    expect(await processOf(ofKept ?? '')).toBe('alive');
  });

  it('of a program of which nothing is known is closed as any other, and tells nothing', async () => {
    await start();
    const runId = await createRun(server.uri);
    const socket = await writerOf(runId, 'curl/8');
    await closedByServer(socket);
    expect(await processOf(runId)).toBe('unknown');
  });
});

it('the last sign of a run is its start, its last metric or the last write, but nothing to come', async () => {
  await start();
  const socket = await openSocket(server.port);
  const runId = await runOf(socket);
  const before = Date.now();
  const metric = { run_id: runId, key: 'loss', value: 1, timestamp: before + 1e9 };
  await call(socket, 'runs/log-metric', metric);
  const { lastActivity = 0 } = (await livenessOf(server.client, runId)) ?? {};
  expect(lastActivity).toBeGreaterThanOrEqual(before);
  expect(lastActivity).toBeLessThanOrEqual(Date.now());
});
