// Whoever needs the server of a store finds the same one, however many begin at once, and after whatever happened.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { stateFolderOf } from '../../src/core/servers/stateFolder.js';
import type { ServerIdentity } from '../../src/core/wire/workbenchApi.js';
import { version } from '../../package.json';
import { callApi, createRun, request } from '../support/api.js';
import { isRunning } from '../support/processFacts.js';
import { launchServer, startBuiltServer } from '../support/builtServer.js';
import { testFolder } from './support/database.js';
import { buildWindow, extensionOf, problemOf } from './support/windows.js';

const WINDOWS = 8;

/** A new store, and where its server keeps its state, whoever starts it. */
function newStore() {
  const storePath = join(testFolder(), 'mlflow.db');
  return { storePath, stateFolder: stateFolderOf(storePath) };
}

async function identityAt(uri: string): Promise<ServerIdentity> {
  return (await request(`${uri}/api/workbench/1.0/identity`)).json as unknown as ServerIdentity;
}

describe('processes that begin at the same moment', () => {
  it('find one server, if they are windows', async () => {
    const { storePath, stateFolder } = newStore();
    const start = await buildWindow(storePath);
    const windows = await Promise.all(Array.from({ length: WINDOWS }, start));
    windows.forEach((window) => window.begin());
    const found = await Promise.all(windows.map((window) => window.found));
    expect(new Set(found.map(({ uri, pid }) => `${pid} ${uri}`)).size).toBe(1);
    const log = readFileSync(join(stateFolder, 'server.log'), 'utf8');
    expect(log.match(/ Serving /g)).toHaveLength(1);
  });

  it('serve once, if they are servers, and the others name the one that does', async () => {
    const { storePath, stateFolder } = newStore();
    const servers = Array.from({ length: WINDOWS }, () => launchServer({ storePath, stateFolder }));
    const announced = await Promise.all(servers.map(({ announcement }) => announcement));
    expect(announced.filter((each) => each?.event === 'ready')).toHaveLength(1);
    expect(announced.filter((each) => each?.event === 'occupied')).toHaveLength(WINDOWS - 1);
    const late = launchServer({ storePath, stateFolder });
    const pid = servers[announced.findIndex((each) => each?.event === 'ready')]?.child.pid;
    expect(await late.announcement).toMatchObject({
      event: 'occupied',
      message: expect.stringContaining(`process ${pid} (version ${version}) on ${hostname()} at`) as string,
    });
    expect(await late.exit).toEqual({ code: 3, signal: null });
  });
});

describe('a server that was started by hand', () => {
  it('is what a window uses, by whichever path it comes to the store', async () => {
    const { storePath, stateFolder } = newStore();
    const server = await startBuiltServer({ storePath, stateFolder });
    const link = join(testFolder(), 'link.db');
    await createRun(server.uri);
    symlinkSync(storePath, link);
    const found = await extensionOf(storePath, { version }).ensure(storePath);
    expect(found.uri).toBe(server.uri);
    expect(found.identity).toMatchObject({
      pid: server.child.pid,
      version,
      hostName: hostname(),
      endsByItself: false,
    });
    const other = launchServer({ storePath: link, stateFolder: null });
    expect(await other.announcement).toMatchObject({ event: 'occupied', storePath });
  });

  it('without a secret is used too', async () => {
    const { storePath, stateFolder } = newStore();
    const server = await startBuiltServer({ storePath, stateFolder, args: ['--no-secret'] });
    expect(await extensionOf(storePath, { version }).ensure(storePath)).toMatchObject({ uri: server.uri });
  });

  it('ends with 3 where a window has a server, and names it', async () => {
    const { storePath } = newStore();
    const { identity } = await extensionOf(storePath, { version }).ensure(storePath);
    const byHand = launchServer({ storePath, stateFolder: null });
    expect(await byHand.announcement).toMatchObject({
      event: 'occupied',
      message: expect.stringContaining(`process ${identity.pid} (version ${version})`) as string,
    });
    expect(await byHand.exit).toEqual({ code: 3, signal: null });
  });
});

describe('a server that is killed', () => {
  it('is followed by one at the same address, and no client notices more than a pause', async () => {
    const { storePath } = newStore();
    const extension = extensionOf(storePath, { version });
    const first = await extension.ensure(storePath);
    const runId = await createRun(first.uri);
    process.kill(first.identity.pid, 'SIGKILL');
    await vi.waitFor(() => expect(isRunning(first.identity.pid)).toBe(false));
    const second = await extension.ensure(storePath);
    expect(second.uri).toBe(first.uri);
    expect(second.identity.pid).not.toBe(first.identity.pid);
    expect((await callApi(first.uri, `runs/get?run_id=${runId}`)).status).toBe(200);
  });

  it('leaves a process id that may be anybody else’s by now: nobody is ended by it', async () => {
    const { storePath, stateFolder } = newStore();
    const former = await startBuiltServer({ storePath, stateFolder, args: ['--lease'] });
    former.child.kill('SIGKILL');
    await former.exit;
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await once(stranger, 'spawn');
    const state = { ...former.state, pid: stranger.pid, version: '0.0.1' };
    writeFileSync(join(stateFolder, 'server.json'), JSON.stringify(state));
    const { uri, identity } = await extensionOf(storePath, { version }).ensure(storePath);
    expect(uri).toBe(former.uri);
    expect(await identityAt(uri)).toMatchObject({ pid: identity.pid, version });
    expect(identity.pid).not.toBe(stranger.pid);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });
});

describe('a server that holds the store and does not answer', () => {
  it('is named', async () => {
    const { storePath, stateFolder } = newStore();
    const server = await startBuiltServer({ storePath, stateFolder });
    server.child.kill('SIGSTOP');
    expect(await problemOf(extensionOf(storePath, { version }).ensure(storePath))).toMatchObject({
      kind: 'silent',
      holder: { pid: server.child.pid, version, hostName: hostname() },
    });
  });
});
