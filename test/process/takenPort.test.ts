// Another program has the port that a store's server had before.
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { stateFolderOf } from '../../src/core/servers/stateFolder.js';
import { PROOF_PATH, proofOf } from '../../src/core/servers/addressProof.js';
import { version } from '../../package.json';
import { request } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { testFolder } from './support/database.js';
import { extensionOf } from './support/windows.js';

/** A program that takes a port and keeps what it is sent. */
async function strangerAt(port: number): Promise<{ heard: string[]; server: Server }> {
  const heard: string[] = [];
  const server = createServer((incoming, response) => {
    heard.push(JSON.stringify([incoming.method, incoming.url, incoming.headers]));
    response.end('OK');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, server };
}

/** A store whose server has ended, and what it was. */
async function formerServer(): Promise<{ storePath: string; stateFolder: string; former: BuiltServer }> {
  const storePath = join(testFolder(), 'mlflow.db');
  const stateFolder = stateFolderOf(storePath);
  const former = await startBuiltServer({ storePath, stateFolder });
  await former.stop();
  return { storePath, stateFolder, former };
}

describe('a port that another program has taken', () => {
  it('gives way to another one with another secret, which is told once', async () => {
    const { storePath, former } = await formerServer();
    const { heard } = await strangerAt(former.state.port);
    const onAddressLost = vi.fn();
    const extension = extensionOf(storePath, { version, onAddressLost });
    const { uri, identity } = await extension.ensure(storePath);
    expect(onAddressLost.mock.calls).toEqual([[storePath, former.state.port]]);
    expect(new URL(uri).port).not.toBe(String(former.state.port));
    expect(uri).not.toContain(former.state.secret);
    // Whoever has the port was asked who they are, and learned nothing.
    expect(heard.join('\n')).toContain(PROOF_PATH);
    expect(heard.join('\n')).not.toContain(former.state.secret);
    expect(await extension.ensure(storePath)).toMatchObject({ uri, identity: { pid: identity.pid } });
    expect(onAddressLost).toHaveBeenCalledTimes(1);
  });

  it('is said in the log, and the new address stays when the port is free again', async () => {
    const { storePath, stateFolder, former } = await formerServer();
    const stranger = await strangerAt(former.state.port);
    const second = await startBuiltServer({ storePath, stateFolder });
    expect(second.messages()).toContain(`Another program has port ${former.state.port}`);
    expect(await second.announcement).toMatchObject({ lostPort: former.state.port });
    await second.stop();
    stranger.server.close();
    const third = await startBuiltServer({ storePath, stateFolder });
    expect(third.uri).toBe(second.uri);
    expect(await third.announcement).not.toHaveProperty('lostPort');
  });

  it('is waited for where it is only just becoming free', async () => {
    const { storePath, stateFolder, former } = await formerServer();
    const { server } = await strangerAt(former.state.port);
    setTimeout(() => server.close(), 500);
    const next = await startBuiltServer({ storePath, stateFolder });
    expect(next.uri).toBe(former.uri);
  });

  it('keeps its secret where the person has it in a file', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const args = ['--secret-file', join(testFolder(), 'secret')];
    const first = await startBuiltServer({ storePath, args });
    await first.stop();
    await strangerAt(first.state.port);
    const second = await startBuiltServer({ storePath, args });
    expect(second.state).toMatchObject({ secret: first.state.secret });
    expect(second.state.port).not.toBe(first.state.port);
  });
});

describe('the proof that a server is who it says', () => {
  const challenge = 'a-challenge-of-twenty-or-more';

  it('is for whoever asks, for its port only, and keeps nobody’s server alive', async () => {
    const storePath = join(testFolder(), 'mlflow.db');
    const args = ['--lease', '--idle-seconds', '1'];
    const server = await startBuiltServer({ storePath, args });
    const { port, secret } = server.state;
    const origin = `http://127.0.0.1:${port}`;
    let last = await request(`${origin}${PROOF_PATH}?challenge=${challenge}`);
    expect(last.body.trim()).toBe(proofOf(secret, port, challenge));
    expect(last.body.trim()).not.toBe(proofOf(secret, port + 1, challenge));
    const asked = setInterval(() => {
      void request(`${origin}${PROOF_PATH}?challenge=${challenge}`).then(
        (answer) => (last = answer),
        () => undefined,
      );
    }, 100);
    onTestFinished(() => clearInterval(asked));
    expect(await server.exit).toEqual({ code: 0, signal: null });
    expect(last.status).toBe(200);
  });

  it('is not given for what is no challenge', async () => {
    const server = await startBuiltServer({ storePath: join(testFolder(), 'mlflow.db') });
    const values = ['short', 'x'.repeat(200), 'not%20a%20word%20at%20all%21'];
    for (const query of ['', '?', ...values.map((value) => `?challenge=${value}`)]) {
      const answer = await request(`http://127.0.0.1:${server.state.port}${PROOF_PATH}${query}`);
      expect(answer).toMatchObject({ status: 404, body: 'Not found\n' });
    }
  });
});
