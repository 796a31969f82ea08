// What Linux tells of real processes. Elsewhere nothing is told, and that is what is expected.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processOf } from '../../../../src/server/liveness/procFiles.js';
import { systemProcessTable } from '../../../../src/server/liveness/linuxProcessTable.js';
import { makeTemporaryFolder } from '../../../support/temporaryFolder.js';

/** Opens a file and a connection, and says so. */
const PROGRAM = `
const { openSync } = require('node:fs');
const [file, port] = process.argv.slice(1);
openSync(file, 'r');
const socket = require('node:net').connect(Number(port), '127.0.0.1', () => console.log(socket.localPort));
setInterval(() => undefined, 1000);
`;

describe('the processes of this system', () => {
  const isLinux = process.platform === 'linux';
  const table = systemProcessTable();
  const folder = makeTemporaryFolder();
  const file = join(folder.path, 'a file');
  let server: Server;
  let child: ChildProcess;
  let accepted: Socket | undefined;
  let port = 0;
  let childPort = 0;

  beforeEach(async () => {
    writeFileSync(file, '');
    server = createServer((socket) => (accepted = socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
    child = spawn(process.execPath, ['-e', PROGRAM, file, String(port)], { stdio: ['ignore', 'pipe', 2] });
    childPort = Number(await new Promise((resolve) => child.stdout?.once('data', resolve)));
  });

  afterEach(async () => {
    child.kill('SIGKILL');
    accepted?.destroy();
    await new Promise((resolve) => server.close(resolve));
    folder.remove();
  });

  it('tell who is at the other end of a connection, who has a file open, and who has ended', async () => {
    const peers = await table.peersOf(port, [childPort, 1]);
    const holders = await table.holdersOf(file);
    const pid = (each: { readonly pid: number }) => each.pid;
    expect([...peers.keys()]).toEqual(isLinux ? [childPort] : []);
    expect(peers.get(childPort)?.map(pid)).toEqual(isLinux ? [child.pid] : undefined);
    expect(holders?.map(pid)).toEqual(isLinux ? [child.pid] : undefined);
    const known = await processOf(child.pid ?? 0);
    const same = known ?? { pid: child.pid ?? 0, startedAt: '' };
    expect(await table.isAlive(same)).toBe(true);
    // Another process may get the id of one that has ended.
    expect(await table.isAlive({ ...same, startedAt: '1' })).toBe(!isLinux);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await table.isAlive(same)).toBe(!isLinux);
    expect(await table.holdersOf(file)).toEqual(isLinux ? [] : undefined);
  });
});
