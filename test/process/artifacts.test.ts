import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { request } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { mostMemoryDuring, openDescriptors } from '../support/processFacts.js';
import { openSocket } from '../support/rawHttp.js';
import { testFolder } from './support/database.js';
import { printDistribution } from './support/distribution.js';

const PIECE = Buffer.alloc(1_000_000, 'artifact');
const PIECES = 200;
const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

interface Started extends BuiltServer {
  /** What the artifact proxy serves. */
  readonly artifacts: string;
}

async function start(): Promise<Started> {
  const folder = testFolder();
  const server = await startBuiltServer({
    storePath: join(folder, 'mlflow.db'),
    args: ['--serve-artifacts', '--log-level', 'error'],
  });
  await put(server, 'warm/up.txt', Readable.from(['text']));
  return { ...server, artifacts: join(folder, 'mlartifacts') };
}

function put({ uri }: BuiltServer, path: string, content: Readable): Promise<{ readonly status: number }> {
  return request(`${uri}${PROXY}/${path}`, {
    method: 'PUT',
    body: Readable.toWeb(content) as ReadableStream,
    duplex: 'half',
  });
}

/** Sends the head of a request below the secret, and what follows it. */
async function begin({ uri, state }: BuiltServer, method: string, path: string, rest: string) {
  const socket = await openSocket(state.port);
  const target = `${new URL(uri).pathname}${path}`;
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${state.port}\r\n${rest}`);
  return socket;
}

/** All files below a folder, those of uploads under way too. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

it('a file of 200 MB goes in and out in constant memory', async () => {
  const server = await start();
  const before = await mostMemoryDuring(server.state.pid, () => request(`${server.uri}/health`));
  const content = Readable.from(Array.from({ length: PIECES }, () => PIECE));
  const uploading = await mostMemoryDuring(server.state.pid, () => put(server, 'big.bin', content));
  expect(statSync(join(server.artifacts, 'big.bin')).size).toBe(PIECES * PIECE.length);
  const hash = createHash('sha256');
  const downloading = await mostMemoryDuring(server.state.pid, async () => {
    const response = await fetch(`${server.uri}${PROXY}/big.bin`);
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
    }
  });
  const expected = createHash('sha256');
  Array.from({ length: PIECES }, () => expected.update(PIECE));
  expect(hash.digest('hex')).toBe(expected.digest('hex'));
  // Far less than the file, with room for what the collector has not collected yet.
  expect(uploading - before).toBeLessThan(100_000_000);
  expect(downloading - before).toBeLessThan(100_000_000);
});

it('an upload that is broken off leaves no file and no descriptor', async () => {
  const server = await start();
  const before = openDescriptors(server.state.pid);
  const headers = ['Content-Length: 50000000\r\n\r\n', 'Transfer-Encoding: chunked\r\n\r\nF4240\r\n'];
  for (const head of [...headers, ...headers]) {
    const socket = await begin(server, 'PUT', `${PROXY}/broken/off.bin`, head);
    socket.write(PIECE.subarray(0, 900_000));
    await vi.waitFor(() => expect(filesBelow(join(server.artifacts, 'broken'))).toHaveLength(1), 10_000);
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(filesBelow(join(server.artifacts, 'broken'))).toEqual([]), 10_000);
  }
  await vi.waitFor(() => expect(openDescriptors(server.state.pid)).toBeLessThanOrEqual(before), 10_000);
  expect((await put(server, 'broken/off.bin', Readable.from(['whole']))).status).toBe(200);
  expect(filesBelow(join(server.artifacts, 'broken'))).toEqual(['off.bin']);
  expect(server.messages()).toBe('');
});

it('an upload that is broken off does not touch the file that was there', async () => {
  const server = await start();
  const socket = await begin(server, 'PUT', `${PROXY}/warm/up.txt`, 'Content-Length: 1000\r\n\r\nother');
  await vi.waitFor(() => expect(filesBelow(join(server.artifacts, 'warm'))).toHaveLength(2), 10_000);
  expect((await request(`${server.uri}${PROXY}/warm/up.txt`)).body).toBe('text');
  socket.destroy();
  await vi.waitFor(() => expect(filesBelow(join(server.artifacts, 'warm'))).toEqual(['up.txt']), 10_000);
  expect((await request(`${server.uri}${PROXY}/warm/up.txt`)).body).toBe('text');
});

it('a download that is broken off, or asked for and never read, leaves no descriptor', async () => {
  const server = await start();
  writeFileSync(join(server.artifacts, 'big.bin'), Buffer.alloc(50_000_000));
  const before = openDescriptors(server.state.pid);
  const sockets = await Promise.all(
    Array.from({ length: 20 }, async (_item, index) => {
      const socket = await begin(server, 'GET', `${PROXY}/big.bin`, '\r\n');
      if (index % 2 === 0) {
        await new Promise((resolve) => socket.once('data', resolve));
      }
      return socket.pause();
    }),
  );
  expect(openDescriptors(server.state.pid)).toBeGreaterThan(before + 10);
  sockets.forEach((socket) => socket.resetAndDestroy());
  await vi.waitFor(() => expect(openDescriptors(server.state.pid)).toBeLessThanOrEqual(before), 10_000);
  expect((await request(`${server.uri}/health`)).body).toBe('OK');
  expect(server.messages()).toBe('');
});

it('a folder of 50,000 files is listed while others are answered', async () => {
  const server = await start();
  const folder = join(server.artifacts, 'many');
  mkdirSync(folder);
  Array.from({ length: 50_000 }, (_item, index) => writeFileSync(join(folder, `${index}.txt`), ''));
  let isListed = false;
  const list = request(`${server.uri}/api/2.0/mlflow-artifacts/artifacts?path=many`).finally(() => {
    isListed = true;
  });
  const times: number[] = [];
  while (!isListed) {
    const start = performance.now();
    expect((await request(`${server.uri}/health`)).body).toBe('OK');
    times.push(performance.now() - start);
  }
  expect((await list).json.files).toHaveLength(50_000);
  // Were the event loop held, there would be one answer, after the list.
  expect(times.length).toBeGreaterThan(5);
  printDistribution('health while 50,000 files are listed', times);
});
