import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { callApi, createRun, request } from '../support/api.js';
import { startBuiltServer } from '../support/builtServer.js';
import { testFolder, valueOf } from './support/database.js';

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('ends the server after the requests under way, with everything in the database', async () => {
    const folder = testFolder();
    const storePath = join(folder, 'mlflow.db');
    const server = await startBuiltServer({ storePath });
    const runId = await createRun(server.uri);
    const writes = Array.from({ length: 40 }, (_, step) =>
      callApi(server.uri, 'runs/log-metric', { run_id: runId, key: 'm', value: step, timestamp: step, step }),
    );
    await Promise.any(writes);
    server.child.kill(signal);
    const answers = await Promise.allSettled(writes);
    expect(await server.exit).toEqual({ code: 0, signal: null });
    const kept = answers.filter((each) => each.status === 'fulfilled' && each.value.status === 200);
    // One that had not come in when the server stopped listening is refused, never kept without an answer.
    expect(valueOf(storePath, 'SELECT count(*) FROM metrics')).toBe(kept.length);
    expect(readdirSync(folder).sort()).toEqual(['mlflow.db', 'state']);
  });
});

describe('an end', () => {
  it.each([
    ['unused', ''],
    ['half a request', 'GET /health HT'],
  ])('does not wait for a connection that is %s', async (_, sent) => {
    const server = await startBuiltServer({ storePath: join(testFolder(), 'mlflow.db') });
    const connection = connect(server.state.port, '127.0.0.1');
    const closed = new Promise((resolve) => connection.once('close', resolve));
    connection.on('error', () => undefined);
    await new Promise<void>((resolve) => connection.write(sent, () => resolve()));
    await request(`${server.uri}/health`);
    const started = Date.now();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    await closed;
    // Far from the 22 s that requests under way may take.
    expect(Date.now() - started).toBeLessThan(11_000);
  });
});

describe('an end while a write waits for another process', () => {
  /** A server with a write that cannot go on until `other` lets it. */
  async function withWaitingWrite() {
    const storePath = join(testFolder(), 'mlflow.db');
    const server = await startBuiltServer({ storePath });
    const runId = await createRun(server.uri);
    const other = new DatabaseSync(storePath);
    other.exec('BEGIN IMMEDIATE');
    const write = callApi(server.uri, 'runs/set-tag', { run_id: runId, key: 'k', value: 'v' });
    // The request is in the server's hands once others that came after it were answered.
    await callApi(server.uri, `runs/get?run_id=${runId}`);
    return { server, storePath, other, write };
  }

  it('waits for it', async () => {
    const { server, storePath, other, write } = await withWaitingWrite();
    server.child.kill('SIGTERM');
    await sleep(500);
    expect(server.child.exitCode).toBeNull();
    other.exec('ROLLBACK');
    other.close();
    expect((await write).status).toBe(200);
    expect(await server.exit).toEqual({ code: 0, signal: null });
    expect(valueOf(storePath, `SELECT value FROM tags WHERE key = 'k'`)).toBe('v');
  });

  it('refuses what comes after it on the same connection, as MLflow refuses', async () => {
    const { server, other, write } = await withWaitingWrite();
    const { port, secret } = server.state;
    const connection = connect(port, '127.0.0.1');
    let answered = '';
    connection.on('data', (data: Buffer) => (answered += data.toString()));
    const closed = new Promise((resolve) => connection.once('close', resolve));
    const host = `Host: 127.0.0.1:${port}\r\n`;
    const body = '{"name":"late"}';
    const head = `POST /${secret}/api/2.0/mlflow/experiments/create HTTP/1.1\r\n${host}`;
    const post = `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    connection.write(post);
    await request(`${server.uri}/health`);
    server.child.kill('SIGTERM');
    await vi.waitFor(() => expect(request(`${server.uri}/health`)).rejects.toThrow());
    connection.write(`GET /${secret}/health HTTP/1.1\r\n${host}\r\n`);
    other.exec('ROLLBACK');
    other.close();
    await closed;
    expect(answered).toMatch(
      /^HTTP\/1\.1 200 OK[^]*HTTP\/1\.1 503 [^]*"error_code":"TEMPORARILY_UNAVAILABLE"/,
    );
    expect((await write).status).toBe(200);
    expect(await server.exit).toEqual({ code: 0, signal: null });
  });

  it('is at once by a second signal, whichever it is', async () => {
    const { server, other, write } = await withWaitingWrite();
    const refused = expect(write).rejects.toThrow();
    server.child.kill('SIGTERM');
    await sleep(500);
    server.child.kill('SIGINT');
    expect(await server.exit).toEqual({ code: 130, signal: null });
    await refused;
    other.close();
  });
});
