import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkedArtifactPath } from '../../../../src/server/artifacts/artifactPath.js';
import { READ_PLACES, WRITE_PLACES } from '../../../support/attacks/places.js';
import { type AttackTarget, OUTSIDE_TEXT, plant } from '../../../support/attacks/target.js';
import { ODD_NAMES, TRAVERSALS } from '../../../support/attacks/texts.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { sendRaw } from '../../../support/rawHttp.js';

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

describe.each([...READ_PLACES, ...WRITE_PLACES])('$name', (place) => {
  it.each(TRAVERSALS)('refuses %s', async (text) => {
    const answer = await sendRaw(target.port, place.request(text, target));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/root:|PATH=/);
  });

  it.each(ODD_NAMES)('finds nothing at %s', async (text) => {
    const answer = await sendRaw(target.port, place.request(text, target));
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/root:/);
    if (answer.status === 200) {
      expect(JSON.parse(answer.body)).not.toHaveProperty('files');
    }
  });

  it('refuses the very way to a file outside, however it is written', async () => {
    const { runFolder, modelFolder, traceFolder, proxyFolder } = target;
    const ways = [runFolder, modelFolder, traceFolder, proxyFolder].map((folder) =>
      relative(folder, join(target.outside, 'file.txt')),
    );
    for (const way of [...ways, join(target.outside, 'file.txt')]) {
      const once = encodeURIComponent(way);
      for (const text of [way, once, encodeURIComponent(once), way.replaceAll('.', '%2e')]) {
        const answer = await sendRaw(target.port, place.request(text, target));
        expect(answer.status, text).toBe(400);
        expect(answer.text).not.toContain(OUTSIDE_TEXT);
      }
    }
  });
});

describe('what was attacked', () => {
  it('is as it was', () => {
    expect(readFileSync(join(target.outside, 'file.txt'), 'utf8')).toBe(OUTSIDE_TEXT);
    for (const folder of [target.runFolder, target.modelFolder, target.proxyFolder]) {
      expect(readFileSync(join(folder, 'inside.txt'), 'utf8')).toBe('inside');
    }
  });
});

describe('names of Windows', () => {
  const special = [
    'a.txt:stream',
    'sub/a::$DATA',
    'NUL',
    'sub/con.txt',
    'COM1',
    'a. ',
    '.. /x',
    '.../x',
    'a*',
  ];

  it.each(special)('%s is refused there', (path) => {
    expect(() => checkedArtifactPath(path, 'win32')).toThrow('Invalid path');
  });

  it.each(special)('%s is a name like any other elsewhere', (path) => {
    expect(checkedArtifactPath(path, 'linux')).toBe(path);
  });
});
