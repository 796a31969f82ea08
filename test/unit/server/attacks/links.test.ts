import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApprovedRoots } from '../../../../src/server/artifacts/approvedRoots.js';
import { READ_PLACES } from '../../../support/attacks/places.js';
import { type AttackTarget, OUTSIDE_TEXT, plant } from '../../../support/attacks/target.js';
import { callApi, createRun, request } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';
import { sendRaw } from '../../../support/rawHttp.js';

let server: InProcessServer;
let target: AttackTarget;
const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

beforeAll(async () => {
  server = await startInProcessServer({ serveArtifacts: true });
  target = await plant(server);
});

afterAll(async () => {
  await server.stop();
  target.remove();
});

describe.each(READ_PLACES)('$name', (place) => {
  it.each(['linked.txt', 'linked', 'linked/file.txt', 'dangling', 'linked/../inside.txt'])(
    'does not follow %s out',
    async (text) => {
      const answer = await sendRaw(target.port, place.request(text, target));
      expect(answer.text).not.toContain(OUTSIDE_TEXT);
      expect(answer.text).not.toMatch(/"path":"(linked\/)?file\.txt"/);
    },
  );

  it('does not say that the links are there', async () => {
    const answer = await sendRaw(target.port, place.request('', target));
    expect(answer.text).not.toMatch(/linked|dangling/);
  });
});

describe('the artifact proxy', () => {
  it.each(['linked/new.txt', 'linked/deep/new.txt', 'dangling/new.txt'])(
    'writes nothing to %s',
    async (path) => {
      const answer = await request(`${server.uri}${PROXY}/${path}`, { method: 'PUT', body: 'written' });
      expect(answer.status).toBe(400);
      expect(readdirSync(target.outside)).toEqual(['file.txt']);
    },
  );

  it('replaces a link that leads to a file outside by the file that was sent', async () => {
    const answer = await request(`${server.uri}${PROXY}/linked.txt`, { method: 'PUT', body: 'written' });
    expect(answer.status).toBe(200);
    expect(lstatSync(join(target.proxyFolder, 'linked.txt')).isFile()).toBe(true);
    expect(readFileSync(join(target.outside, 'file.txt'), 'utf8')).toBe(OUTSIDE_TEXT);
  });

  it('deletes nothing behind a link, and of a link the link', async () => {
    await request(`${server.uri}${PROXY}/linked/file.txt`, { method: 'DELETE' });
    await request(`${server.uri}${PROXY}/linked`, { method: 'DELETE' });
    expect(readFileSync(join(target.outside, 'file.txt'), 'utf8')).toBe(OUTSIDE_TEXT);
    expect(existsSync(join(target.proxyFolder, 'linked'))).toBe(false);
  });
});

describe('an experiment whose root is a link that leads out', () => {
  it.each(['mlruns/planted/RUN/artifacts/linked', 'mlruns/planted/RUN/artifacts/dangling'])(
    '%s is not made',
    async (root) => {
      const location = join(server.folder, root.replace('RUN', target.runId));
      const answer = await callApi(server.uri, 'experiments/create', {
        name: root,
        artifact_location: location,
      });
      expect(answer.status).toBe(400);
    },
  );

  it('is not read behind the artifact proxy', async () => {
    const { json } = await callApi(server.uri, 'experiments/create', {
      name: 'behind the proxy',
      artifact_location: 'mlflow-artifacts:/sub',
    });
    const run = await createRun(server.uri, json.experiment_id as string);
    symlinkSync(target.outside, join(target.proxyFolder, 'sub', run));
    const list = await callApi(server.uri, `artifacts/list?run_id=${run}&path=..`);
    expect(list.status).toBe(400);
    const file = await request(`${server.uri}/get-artifact?run_id=${run}&path=file.txt`);
    expect(file.status).toBe(403);
  });
});

describe('shares of other machines', () => {
  const roots = new ApprovedRoots(['/store', '\\\\Mine\\share\\store']);

  it.each(['\\\\thief\\share\\x', '//thief/share/x', '\\\\mine\\other\\x', '\\\\.\\pipe\\x', '\\\\?\\C:\\x'])(
    'are not asked about %s',
    async (path) => {
      expect(roots.mayLookAt(path)).toBe(false);
      expect(await roots.approved(path)).toBeUndefined();
    },
  );

  it.each(['\\\\mine\\SHARE\\store\\x', '/store/x', 'C:\\x'])('may be asked about %s', (path) => {
    expect(roots.mayLookAt(path)).toBe(true);
  });
});
