import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callApi, request } from '../support/api.js';
import { READ_PLACES, URI_PLACES, WRITE_PLACES } from '../support/attacks/places.js';
import { type AttackTarget, OUTSIDE_TEXT, plant } from '../support/attacks/target.js';
import { FORBIDDEN_URIS, ODD_NAMES, TRAVERSALS } from '../support/attacks/texts.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { sendBytes, sendRaw } from '../support/rawHttp.js';
import { testFolder } from './support/database.js';

interface Attacked {
  readonly server: BuiltServer;
  readonly target: AttackTarget;
}

/** A server that writes down everything that it ever would. */
async function start(): Promise<Attacked> {
  const folder = join(testFolder(), 'store');
  mkdirSync(folder);
  const server = await startBuiltServer({
    storePath: join(folder, 'mlflow.db'),
    args: ['--serve-artifacts', '--log-level', 'trace'],
  });
  const target = await plant({ uri: server.uri, folder });
  onTestFinished(() => target.remove());
  return { server, target };
}

describe('the built server', () => {
  it('refuses each path that leads out, at each place for one', async () => {
    const { target, server } = await start();
    for (const place of [...READ_PLACES, ...WRITE_PLACES]) {
      for (const text of [...TRAVERSALS, ...ODD_NAMES, 'linked.txt', 'linked/file.txt']) {
        const answer = await sendRaw(target.port, place.request(text, target));
        expect(answer.status, `${place.name}${text}`).toBeGreaterThanOrEqual(
          TRAVERSALS.includes(text) ? 400 : 200,
        );
        expect(answer.status, `${place.name}${text}`).toBeLessThan(500);
        expect(answer.text).not.toMatch(/root:|PATH=/);
        expect(answer.text).not.toContain(OUTSIDE_TEXT);
      }
    }
    expect(server.messages()).not.toMatch(/\[(error|warn)\]/);
  });

  it('refuses each location that nobody approved', async () => {
    const { server } = await start();
    for (const { path, body } of URI_PLACES) {
      for (const uri of FORBIDDEN_URIS) {
        expect((await callApi(server.uri, path, body(uri, `forbidden ${uri}`))).status, uri).toBe(400);
      }
    }
  });

  it('never writes its secret, nor what a client says of itself', async () => {
    const { server, target } = await start();
    const { secret } = server.state;
    const password = 'password-of-somebody';
    const headers = {
      authorization: `Bearer ${password}`,
      cookie: `session=${password}`,
      'proxy-authorization': `Basic ${password}`,
      'x-mlflow-token': password,
      'content-type': 'application/json',
    };
    const paths = [
      '/health',
      `/nothing/${secret}`,
      `/api/2.0/mlflow/runs/get?run_id=${secret}&token=${password}`,
      `/get-artifact?run_id=${target.runId}&path=${secret}`,
      `/api/2.0/mlflow-artifacts/artifacts/${secret}/x`,
      `/${encodeURIComponent(`/${secret}`)}`,
      '/%zz',
    ];
    for (const path of paths) {
      for (const prefix of [target.prefix, '', `//${secret}`, `/x/${secret}`, `/%${secret}`]) {
        await sendRaw(target.port, { target: prefix + path, headers });
        await sendRaw(target.port, { target: prefix + path, headers, host: `${secret}.evil.example` });
        await sendRaw(target.port, {
          method: 'POST',
          target: prefix + path,
          headers,
          body: `{"x":"${secret}`,
        });
      }
    }
    await sendBytes(target.port, `GET /${secret}/health HTTP/9.9\r\nAuthorization: ${password}\r\n\r\n`);
    await sendBytes(target.port, `\0${secret}\r\n\r\n`);
    await callApi(server.uri, 'experiments/create', { name: secret, artifact_location: `/etc/${secret}` });
    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(server.messages()).toContain('GET /health 200');
    expect(server.messages()).not.toContain(secret);
    expect(server.messages()).not.toContain(password);
  });

  it('says the secret in no answer but to whom has said it', async () => {
    const { server, target } = await start();
    const { secret } = server.state;
    const own = [
      '/',
      '/health',
      '/nothing',
      '/api/workbench/1.0/identity',
      `/get-artifact?run_id=${target.runId}&path=../x`,
      '/api/2.0/mlflow/experiments/search?max_results=1',
      '/api/2.0/mlflow/experiments/search',
      '/%zz',
    ];
    for (const path of own) {
      const { body } = await request(server.uri + path);
      expect(body, path).not.toContain(secret);
    }
  });

  it('writes no character that a terminal obeys', async () => {
    const { server, target } = await start();
    for (const bytes of ['%1b%5b2J', '%9b2J', '%0d%0aforged', '\x1b[2J', '\x9b2J']) {
      await sendRaw(target.port, { target: `${target.prefix}/nothing/${bytes}` });
      await callApi(server.uri, `runs/get?run_id=${bytes}`);
    }
    await server.stop();
    expect(server.messages()).not.toMatch(/[^\P{Cc}\n\t]/u);
    expect(server.messages()).not.toMatch(/^forged/m);
  });
});
