import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOL } from '../../../../src/core/wire/protocol.js';
import { welcomePage } from '../../../../src/server/welcomePage.js';
import { type AttackTarget, plant } from '../../../support/attacks/target.js';
import { callApi } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { type RawAnswer, sendBytes, sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;
let target: AttackTarget;

beforeAll(async () => {
  server = await startInProcessServer({ serveArtifacts: true });
  target = await plant(server);
});

afterAll(async () => {
  await server.stop();
  target.remove();
});

function get(path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return sendRaw(server.port, { target: `${target.prefix}${path}`, headers });
}

describe('artifacts that a browser could run', () => {
  const files = [
    'page.html',
    'picture.svg',
    'x.xhtml',
    'x.xml',
    'x.js',
    'x.pdf',
    'x.json',
    'x',
    'x.png',
    '.html',
  ];

  it.each(files)('%s is something to save, of a harmless type', async (name) => {
    const answers = await Promise.all(
      [target.runFolder, target.modelFolder, target.proxyFolder].map((folder) => {
        writeFileSync(join(folder, name), '<script>alert(1)</script>');
        return folder === target.runFolder
          ? get(`/get-artifact?run_id=${target.runId}&path=${name}`)
          : folder === target.modelFolder
            ? get(
                `/ajax-api/2.0/mlflow/logged-models/${target.modelId}/artifacts/files?artifact_file_path=${name}`,
              )
            : get(`/api/2.0/mlflow-artifacts/artifacts/${name}`);
      }),
    );
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(
        /^(text\/plain; charset=utf-8|application\/octet-stream|image\/(png|jpeg|gif|webp|bmp))$/,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-disposition']).toMatch(/^attachment; /);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    }
  });

  it.each([
    ['quotes and line ends', 'a"; filename=evil.exe; x="\u2028b.txt'],
    ['other scripts', 'ä 中 \u{1f600}.txt'],
    ['what looks like a header', 'x.txt%0d%0aSet-Cookie'],
  ])('a name with %s does not get out of its header', async (_name, name) => {
    mkdirSync(join(target.runFolder, 'names'), { recursive: true });
    writeFileSync(join(target.runFolder, 'names', name), 'text');
    const path = encodeURIComponent(`names/${name}`);
    const { status, headers } = await get(`/get-artifact?run_id=${target.runId}&path=${path}`);
    // What would be a line's end once it is decoded again is no artifact at all.
    expect(status).toBe(name.includes('%0d') ? 400 : 200);
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers['content-disposition'] ?? '').toMatch(
      /^(attachment; filename="[^"\\]*"(; filename\*=UTF-8''[\w.%~!$&+^`|-]*)?)?$/,
    );
  });
});

describe('every answer', () => {
  const hostile = {
    referer: 'http://evil.example/"><script>',
    'user-agent': '<script>alert(1)</script>',
    accept: 'text/html',
    'accept-language': '<reflected>',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-prefix': '/evil',
    forwarded: 'host=evil.example',
    cookie: 'session=reflected',
    range: 'bytes=<reflected>',
    authorization: 'Basic cmVmbGVjdGVk',
  };

  it.each([
    '/',
    '/health',
    '/version',
    '/<script>alert(1)</script>',
    '/api/2.0/mlflow/experiments/get?experiment_id=<script>alert(1)</script>',
    '/api/2.0/mlflow/runs/get?run_id=<script>',
    '/get-artifact?run_id=x&path=<script>',
    '/api/2.0/mlflow-artifacts/artifacts/<script>',
    '/api/workbench/1.0/identity',
  ])('%s has a type that no browser runs, and nothing of the headers', async (path) => {
    const { headers, text } = await get(path.replaceAll('<', '%3C').replaceAll('>', '%3E'), hostile);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(headers['content-type']).toMatch(
      path === '/' ? /^text\/html/ : /^(application\/json|text\/plain); charset=utf-8$/,
    );
    expect(text).not.toMatch(/evil\.example|reflected|cmVmbGVjdGVk|server: |x-powered-by|set-cookie|etag/i);
    expect(path === '/' ? 'no script' : text).not.toMatch(/^<script/m);
  });

  it('says nothing of the server to whom does not know the secret', async () => {
    const answer = await sendRaw(server.port, { target: '/' });
    expect(answer.text).not.toContain(server.secret);
    expect(answer.text).not.toContain(server.folder);
    expect(answer.text).not.toMatch(/<script|src=|href=/);
  });

  it('leads who came by a link of MLflow into VS Code, and nowhere else', async () => {
    const answer = await get('/', {});
    const links = [...answer.text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual(['vscode://mlflow-workbench.mlflow-workbench/find']);
    expect(answer.text).not.toContain(server.secret);
  });

  it('shows a path of the store as text, whatever is in it', () => {
    const path = '/tmp/<img src=x onerror=alert(1)>/"&\'';
    const identity = { ...identityOf(server), store: { ...server.opened.info(), path } };
    expect(welcomePage(identity, 'http://127.0.0.1:1', true)).not.toMatch(/<img/);
  });
});

function identityOf({ opened }: InProcessServer) {
  return {
    product: 'mlflow-workbench',
    version: '0',
    pid: 1,
    hostName: 'here',
    protocol: PROTOCOL,
    endsByItself: false,
    store: opened.info(),
  } as const;
}

describe('requests within requests', () => {
  const names = async () => {
    const { json } = await callApi(server.uri, 'experiments/search', { max_results: 1000 });
    return JSON.stringify(json);
  };

  /** A first request that is read in two ways, and the second one that hides in its body. */
  const smuggled = (lines: string, body: (hidden: string) => string): string => {
    const inner = '{"name":"smuggled"}';
    const start = (length: number) =>
      `POST ${target.prefix}/api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    const hidden = start(inner.length) + inner;
    return `POST ${target.prefix}/nothing HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${lines}\r\n\r\n${body(hidden)}`;
  };

  it.each([
    [
      'a length and chunks',
      'Content-Length: 6\r\nTransfer-Encoding: chunked',
      (hidden: string) => `0\r\n\r\n${hidden}`,
    ],
    [
      'chunks and a length',
      'Transfer-Encoding: chunked\r\nContent-Length: 6',
      (hidden: string) => `0\r\n\r\n${hidden}`,
    ],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 5', (hidden: string) => hidden],
    ['a length that is no number', 'Content-Length: 0x0', (hidden: string) => hidden],
    ['a length with a sign', 'Content-Length: +0', (hidden: string) => hidden],
    ['a negative length', 'Content-Length: -1', (hidden: string) => hidden],
    [
      'chunks that are not the last coding',
      'Transfer-Encoding: chunked, identity',
      (hidden: string) => `0\r\n\r\n${hidden}`,
    ],
    ['a coding that is none', 'Transfer-Encoding: xchunked', (hidden: string) => `0\r\n\r\n${hidden}`],
    ['a space before the colon', 'Transfer-Encoding : chunked', (hidden: string) => `0\r\n\r\n${hidden}`],
    [
      'a folded header',
      'Transfer-Encoding:\r\n chunked\r\nContent-Length: 5',
      (hidden: string) => `0\r\n\r\n${hidden}`,
    ],
    [
      'a line that ends in half',
      'X: y\nTransfer-Encoding: chunked',
      (hidden: string) => `0\r\n\r\n${hidden}`,
    ],
    ['a NUL in a header', 'X: \0', (hidden: string) => hidden],
    ['a chunk of no size', 'Transfer-Encoding: chunked', (hidden: string) => `zz\r\n\r\n${hidden}`],
    ['a huge chunk', 'Transfer-Encoding: chunked', (hidden: string) => `fffffffffffffffff\r\n${hidden}`],
  ])('%s: nothing that is hidden is done', async (_name, lines, body) => {
    const answer = await sendBytes(server.port, smuggled(lines, body));
    expect(answer.status).toBe(400);
    expect(answer.text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(await names()).not.toContain('smuggled');
  });
});
