import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bin } from '../../package.json';
import { callApi, createRun, request } from '../support/api.js';
import { launchServer, SERVER_PROGRAM, startBuiltServer } from '../support/builtServer.js';
import { pythonWithMlflow } from '../support/python.js';
import { makeDatabase, testFolder } from './support/database.js';

function storeIn(folder: string): string {
  return join(folder, 'mlflow.db');
}

/** A port that another program listens at for the length of the test. */
async function takenPort(): Promise<number> {
  const other = createServer();
  onTestFinished(() => void other.close());
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const address = other.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('the program', () => {
  it('is what the package calls mlflow-workbench-server, and runs by itself', () => {
    expect(join(SERVER_PROGRAM, '../..', bin['mlflow-workbench-server'])).toBe(SERVER_PROGRAM);
    expect(readFileSync(SERVER_PROGRAM, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const help = execFileSync(process.execPath, [SERVER_PROGRAM, '--help'], { encoding: 'utf8' });
    expect(help).toMatch(/--store PATH[^]*--read-only[^]*--artifacts[^]*--secret-file[^]*--no-secret/);
  });

  it('refuses what it does not understand', async () => {
    const { announcement, exit, messages } = launchServer({
      storePath: storeIn(testFolder()),
      args: ['--host', '0.0.0.0'],
    });
    expect(await announcement).toMatchObject({ event: 'failed' });
    expect(await exit).toMatchObject({ code: 2 });
    expect(messages()).toMatch(/--host can be 127\.0\.0\.1 or localhost only/);
  });

  it('names the port that is taken', async () => {
    const port = await takenPort();
    const { exit, messages } = launchServer({
      storePath: storeIn(testFolder()),
      args: ['--port', String(port)],
    });
    expect(await exit).toMatchObject({ code: 4 });
    expect(messages()).toContain(`Port ${port} of 127.0.0.1 is in use`);
  });

  it('names the server that holds the store', async () => {
    const storePath = storeIn(testFolder());
    const first = await startBuiltServer({ storePath });
    const second = launchServer({ storePath });
    expect(await second.announcement).toMatchObject({ event: 'occupied', storePath });
    expect(await second.exit).toMatchObject({ code: 3 });
    const { pid, version, hostName, port } = first.state;
    const name = `process ${pid} (version ${version}) on ${hostName} at 127.0.0.1:${port}`;
    expect(second.messages()).toContain(name);
    expect(second.messages()).not.toContain(first.state.secret);
  });

  it('tells a person at a terminal what to type, and a program in JSON', async () => {
    const folder = testFolder();
    const shown = await onTerminal(folder, []);
    expect(shown).toMatch(/export MLFLOW_TRACKING_URI="http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}"/);
    expect(shown).not.toContain('{"event"');
    expect(await onTerminal(folder, ['--json'])).toMatch(/^\{"event":"ready","uri":"http:.*\}\r?$/m);
  });
});

/** What the server shows on a terminal until somebody presses Ctrl+C. */
async function onTerminal(folder: string, args: readonly string[]): Promise<string> {
  const program = join(import.meta.dirname, 'python', 'on_terminal.py');
  const server = launchServer({
    storePath: storeIn(folder),
    args,
    by: (command) => [pythonWithMlflow(), program, ...command],
  });
  const announced = await server.announcement;
  expect(await server.exit).toEqual({ code: 0, signal: null });
  return (announced as unknown as { shown: string }).shown;
}

describe('the secret', () => {
  it('is kept in a file of the owner where one is named', async () => {
    const folder = testFolder();
    const file = join(folder, 'secret');
    const start = () =>
      startBuiltServer({ storePath: storeIn(folder), args: ['--secret-file', file, '--log-level', 'debug'] });
    const server = await start();
    const secret = readFileSync(file, 'utf8').trim();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(server.uri).toBe(`http://127.0.0.1:${server.state.port}/${secret}`);
    await createRun(server.uri);
    expect(server.messages()).not.toContain(secret);
    await server.stop();
    expect((await start()).uri).toBe(server.uri);
  });

  it('is not taken from a file that others can read, or that holds none', async () => {
    const folder = testFolder();
    const file = join(folder, 'secret');
    const start = () => launchServer({ storePath: storeIn(folder), args: ['--secret-file', file] });
    writeFileSync(file, 'x'.repeat(43), { mode: 0o644 });
    const open = start();
    expect(await open.exit).toMatchObject({ code: 1 });
    expect(open.messages()).toContain(`chmod 600 ${file}`);
    writeFileSync(file, 'short');
    chmodSync(file, 0o600);
    const short = start();
    expect(await short.exit).toMatchObject({ code: 1 });
    expect(short.messages()).toMatch(/must hold 32 to 128/);
  });

  it('can be left out, with a warning, and web pages still get nothing', async () => {
    const server = await startBuiltServer({ storePath: storeIn(testFolder()), args: ['--no-secret'] });
    expect(server.uri).toBe(`http://127.0.0.1:${server.state.port}`);
    expect(server.messages()).toMatch(/\[warn\].*every user and program of this machine/);
    await createRun(server.uri);
    const url = `${server.uri}/api/2.0/mlflow/experiments/get?experiment_id=0`;
    expect((await request(url)).status).toBe(200);
    expect((await request(url, { headers: { origin: 'https://example.com' } })).status).toBe(403);
    expect((await request(url, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect(await statusWithHost(server.state.port, 'rebound.example')).toBe(403);
  });

  it('comes back with the port when the server does', async () => {
    const storePath = storeIn(testFolder());
    const first = await startBuiltServer({ storePath });
    await first.stop();
    expect((await startBuiltServer({ storePath })).uri).toBe(first.uri);
  });
});

/** `fetch` chooses the Host by itself. */
async function statusWithHost(port: number, host: string): Promise<number | undefined> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/health', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe('artifacts', () => {
  it('of new experiments go where the owner says, and are served from there', async () => {
    const folder = testFolder();
    const root = join(testFolder(), 'elsewhere');
    const server = await startBuiltServer({ storePath: storeIn(folder), args: ['--artifacts', root] });
    const runId = await createRun(server.uri);
    const { json } = await callApi(server.uri, `artifacts/list?run_id=${runId}`);
    expect(json).toEqual({ root_uri: `${root}/0/${runId}/artifacts` });
  });

  it('and the store are understood as `mlflow server` spells them', async () => {
    const folder = testFolder();
    const server = await startBuiltServer({
      storePath: '',
      stateFolder: join(folder, 'state'),
      by: ([node = '', program = '', , , ...rest]) => [
        ...[node, program, '--backend-store-uri', `sqlite:///${storeIn(folder)}`],
        ...['--default-artifact-root', 's3://bucket/root', ...rest],
      ],
    });
    const runId = await createRun(server.uri);
    const { json } = await callApi(server.uri, `runs/get?run_id=${runId}`);
    expect(json).toMatchObject({ run: { info: { artifact_uri: `s3://bucket/root/0/${runId}/artifacts` } } });
    expect(existsSync(storeIn(folder))).toBe(true);
  });
});

describe('a server that only reads', () => {
  it('answers, and refuses every write', async () => {
    const folder = testFolder();
    const runId = await makeDatabase(storeIn(folder));
    const before = readFileSync(storeIn(folder));
    const server = await startBuiltServer({
      storePath: storeIn(folder),
      stateFolder: join(testFolder(), 'state'),
      args: ['--read-only', '--serve-artifacts'],
    });
    expect((await callApi(server.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
    const answer = await callApi(server.uri, 'runs/set-tag', { run_id: runId, key: 'k', value: 'v' });
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({
      error_code: 'PERMISSION_DENIED',
      message: expect.stringContaining('--read-only') as string,
    });
    const file = `${server.uri}/api/2.0/mlflow-artifacts/artifacts/a.txt`;
    expect((await request(file, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await request(file, { method: 'DELETE' })).status).toBe(403);
    await server.stop();
    expect(readFileSync(storeIn(folder)).equals(before)).toBe(true);
  });

  it('makes no database', async () => {
    const folder = testFolder();
    const { exit, messages } = launchServer({
      storePath: storeIn(folder),
      stateFolder: join(testFolder(), 'state'),
      args: ['--read-only'],
    });
    expect(await exit).toMatchObject({ code: 1 });
    expect(messages()).toContain(`There is no database at ${storeIn(folder)}`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the page at the root', () => {
  it('says what this is and how to use it, without the secret', async () => {
    const folder = testFolder();
    const server = await startBuiltServer({ storePath: storeIn(folder) });
    const inside = await request(`${server.uri}/`);
    expect(inside.status).toBe(200);
    expect(inside.body).toContain(storeIn(folder));
    expect(inside.body).toContain(
      `export MLFLOW_TRACKING_URI=&quot;http://127.0.0.1:${server.state.port}/&lt;secret&gt;&quot;`,
    );
    expect(inside.body).not.toContain(server.state.secret);
    const outside = await request(`http://127.0.0.1:${server.state.port}/`);
    expect(outside.status).toBe(200);
    expect(outside.body).toContain('This is the tracking server of MLflow Workbench');
    expect(outside.body).not.toContain(folder);
  });

  it('may do nothing but show itself', async () => {
    const server = await startBuiltServer({ storePath: storeIn(testFolder()), args: ['--no-secret'] });
    const response = await fetch(`${server.uri}/`);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='/,
    );
    expect(await response.text()).toContain(`MLFLOW_TRACKING_URI=&quot;${server.uri}&quot;`);
  });
});
