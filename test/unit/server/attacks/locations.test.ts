import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { URI_PLACES } from '../../../support/attacks/places.js';
import { FORBIDDEN_URIS, OPAQUE_URIS } from '../../../support/attacks/texts.js';
import { callApi, createRun, request } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';

let server: InProcessServer;

beforeAll(async () => {
  server = await startInProcessServer({ serveArtifacts: true, approvedRoots: ['/approved'] });
});

afterAll(() => server.stop());

describe.each(URI_PLACES)('$path, as $body', ({ path, body }) => {
  it.each(FORBIDDEN_URIS)('refuses %j', async (uri) => {
    const answer = await callApi(server.uri, path, body(uri, `forbidden ${uri}`));
    expect(answer.json.error_code).toBe('INVALID_PARAMETER_VALUE');
    expect(answer.status).toBe(400);
  });

  it('refuses text that is encoded without end', async () => {
    const answer = await callApi(server.uri, path, body(`mlruns/%${'25'.repeat(1_000_000)}`, 'endless'));
    expect(answer.status).toBe(400);
  });

  it.each(['mlruns/mine', './mine', 'file:mlruns/mine', '/approved/x', 'file:///approved/x', 'a%20b'])(
    'takes %s, which the owner approved',
    async (uri) => {
      const answer = await callApi(server.uri, path, body(uri, `${path} ${Math.random()} ${uri}`));
      expect(answer.status).toBe(200);
    },
  );
});

describe('a location elsewhere', () => {
  it.each(OPAQUE_URIS)('%s is kept and never opened', async (location) => {
    const { json } = await callApi(server.uri, 'experiments/create', {
      name: location,
      artifact_location: location,
    });
    const run = await createRun(server.uri, json.experiment_id as string);
    const found = await callApi(server.uri, `experiments/get?experiment_id=${json.experiment_id as string}`);
    expect(found.json).toMatchObject({ experiment: { artifact_location: location } });
    for (const path of [
      `/api/2.0/mlflow/artifacts/list?run_id=${run}`,
      `/get-artifact?run_id=${run}&path=x`,
    ]) {
      const answer = await request(server.uri + path);
      expect(answer.json.error_code).toBe('NOT_IMPLEMENTED');
    }
  });
});

describe('a recorded location that nobody approved', () => {
  it('is not opened, also when it came into the database by itself', async () => {
    // As an old database or another program would have it: the store itself does not judge.
    const experimentId = await server.opened.store.createExperiment({
      name: 'recorded',
      tags: [],
      artifactLocation: '/etc',
    });
    const run = await createRun(server.uri, experimentId);
    const file = await request(`${server.uri}/get-artifact?run_id=${run}&path=passwd`);
    expect(file.json.error_code).toBe('PERMISSION_DENIED');
    expect(file.body).not.toContain('root:');
    const list = await callApi(server.uri, `artifacts/list?run_id=${run}`);
    expect(list.json.error_code).toBe('PERMISSION_DENIED');
  });

  it('is not taken for a moved one by what it says of mlruns', async () => {
    const experimentId = await server.opened.store.createExperiment({
      name: 'moved',
      tags: [],
      artifactLocation: join('/nowhere/mlruns/../../../../../../etc'),
    });
    const run = await createRun(server.uri, experimentId);
    const list = await callApi(server.uri, `artifacts/list?run_id=${run}`);
    expect(list.json.error_code).toBe('PERMISSION_DENIED');
  });
});
