import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSameSecret, isSecret, newSecret } from '../../../../src/server/auth/secret.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { type RawAnswer, sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;

beforeAll(async () => {
  server = await startInProcessServer();
});

afterAll(() => server.stop());

/** An answer without what is different each second. */
function shown({ status, headers, body }: RawAnswer): unknown {
  return { status, headers: { ...headers, date: '' }, body };
}

describe('without the secret', () => {
  it('all is alike: none, a wrong one, a part of it, more than it, and an escaped one', async () => {
    const { secret, port } = server;
    const wrong = [
      'health',
      'x/health',
      `${newSecret()}/health`,
      `${secret.slice(0, -1)}/health`,
      `${secret.slice(0, 8)}/health`,
      `${secret}A/health`,
      `${secret}%00/health`,
      `${secret}%2fhealth`,
      `${secret};/health`,
      `%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}/health`,
      `${swapCase(secret)}/health`,
      `/${secret}/health`,
      `./${secret}/health`,
      `x/../${secret}/health`,
      `api/2.0/mlflow/runs/get?secret=${secret}`,
      'api/2.0/mlflow/nothing',
      'version',
    ];
    const answers = await Promise.all(wrong.map((target) => sendRaw(port, { target: `/${target}` })));
    expect(new Set(answers.map((answer) => JSON.stringify(shown(answer)))).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect(answers[0]?.text).not.toContain(secret);
  });

  it.each([
    ['a header', { 'x-secret': '<secret>' }],
    ['Authorization', { authorization: 'Bearer <secret>' }],
    ['a cookie', { cookie: 'secret=<secret>' }],
    ['a referrer', { referer: 'http://127.0.0.1/<secret>/' }],
  ])('it does not help to have it in %s', async (_name, headers) => {
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('<secret>', server.secret)]),
    );
    const answer = await sendRaw(server.port, { target: '/health', headers: own });
    expect(answer.status).toBe(404);
  });

  it('a wrong Host or an Origin is refused before the secret is looked at', async () => {
    const targets = [`/${server.secret}/health`, '/wrong/health'];
    for (const refused of [{ host: 'evil.example' }, { headers: { origin: 'http://evil.example' } }]) {
      const answers = await Promise.all(
        targets.map((target) => sendRaw(server.port, { target, ...refused })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(shown(answer)))).size).toBe(1);
      expect(answers[0]?.status).toBe(403);
    }
  });
});

function swapCase(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

describe('a secret', () => {
  it('is 256 bits, another one each time', () => {
    const secrets = Array.from({ length: 1000 }, newSecret);
    expect(new Set(secrets).size).toBe(1000);
    expect(
      secrets.every((secret) => isSecret(secret) && Buffer.from(secret, 'base64url').length === 32),
    ).toBe(true);
  });

  it.each([
    '',
    'short',
    'x'.repeat(31),
    'x'.repeat(200),
    `${'x'.repeat(40)}/..`,
    ` ${'x'.repeat(40)}`,
    undefined,
    5,
  ])('cannot be %j', (text) => {
    expect(isSecret(text)).toBe(false);
  });

  it('is compared as digests of equal length, whatever the lengths of the texts', () => {
    const secret = newSecret();
    expect(isSameSecret(secret, secret)).toBe(true);
    for (const given of [
      '',
      secret.slice(1),
      `${secret}x`,
      secret.toLowerCase(),
      'x'.repeat(100_000),
      '\0',
    ]) {
      expect(isSameSecret(given, secret)).toBe(false);
    }
  });

  it('is compared in one place only, which takes the same time for all', () => {
    const root = resolve(import.meta.dirname, '../../../../src/server');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const comparing = files.filter((name) =>
      /secret\s*[!=]==(?!\s*undefined)|[!=]==\s*(\w+\.)*secret\b|startsWith\((\w+\.)*secret\b/.test(
        readFileSync(join(root, name), 'utf8'),
      ),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(comparing).toEqual([]);
    expect(readFileSync(join(root, 'auth/secret.ts'), 'utf8')).toContain('timingSafeEqual(');
  });
});
