import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORBIDDEN_URIS } from '../../../support/attacks/texts.js';
import { type AttackTarget, OUTSIDE_TEXT, plant } from '../../../support/attacks/target.js';
import { callApi, request } from '../../../support/api.js';
import { type InProcessServer, startInProcessServer } from '../../../support/inProcessServer.js';

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

const create = (source: string, ids: Readonly<Record<string, string>>) =>
  callApi(server.uri, 'model-versions/create', { name: 'planted', source, ...ids });

/** What of the places outside would be one elsewhere, which MLflow's registry takes and nobody here opens. */
const LOCAL_OR_PROXIED = FORBIDDEN_URIS.filter((uri) => !uri.startsWith('s3:'));

describe('the source of a model version', () => {
  it.each(LOCAL_OR_PROXIED)('is not %j', async (source) => {
    const ofRun = await create(source, { run_id: target.runId });
    expect([ofRun.status, ofRun.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const ofModel = await create(source, { model_id: target.modelId });
    expect([ofModel.status, ofModel.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const ofNobody = await create(source, {});
    expect([ofNobody.status, ofNobody.json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('is no link among the artifacts that leads out, however it is written', async () => {
    for (const name of ['linked', 'li%6eked', 'li%256eked', 'sub/../linked', 'linked.txt', 'dangling']) {
      expect((await create(join(target.runFolder, name), { run_id: target.runId })).status, name).toBe(400);
      const uri = `file://${target.runFolder}/${name}`;
      expect((await create(uri, { run_id: target.runId })).status, uri).toBe(400);
    }
  });

  it('is not what another run or model holds', async () => {
    expect((await create(target.runFolder, { model_id: target.modelId })).status).toBe(400);
    expect((await create(target.modelFolder, { run_id: target.runId })).status).toBe(400);
    expect((await create(target.modelFolder, { model_id: target.modelId })).status).toBe(200);
  });

  it.each(['runs:/RUN/%2e%2e/x', 'runs:/RUN\n/x', 'runs://host/RUN', `runs:/RUN/%${'25'.repeat(20)}2e`])(
    'is not %j',
    async (source) => {
      const answer = await create(source.replace('RUN', target.runId), { run_id: target.runId });
      expect(answer.status).toBe(400);
    },
  );
});

describe('a version that came into the database by itself', () => {
  it.each([
    ['/etc', 'passwd', 'PERMISSION_DENIED'],
    ['file:///etc', 'passwd', 'PERMISSION_DENIED'],
    ['OUTSIDE', 'file.txt', 'PERMISSION_DENIED'],
    ['runs:/RUN/linked', 'file.txt', 'RESOURCE_DOES_NOT_EXIST'],
    ['runs:/RUN/..', 'inside.txt', 'INVALID_PARAMETER_VALUE'],
    ['s3://bucket/a', 'b', 'NOT_IMPLEMENTED'],
    ['http://127.0.0.1/a', 'b', 'NOT_IMPLEMENTED'],
    ['models:/planted/1', 'inside.txt', 'NOT_IMPLEMENTED'],
  ])('is not read from %s', async (place, path, code) => {
    const uri = place.replace('RUN', target.runId).replace('OUTSIDE', target.outside);
    const database = new DatabaseSync(join(server.folder, 'mlflow.db'));
    database.prepare('UPDATE model_versions SET storage_location = ? WHERE version = 2').run(uri);
    database.close();
    const answer = await request(
      `${server.uri}/model-versions/get-artifact?name=planted&version=2&path=${path}`,
    );
    expect(answer.json.error_code).toBe(code);
    expect(answer.body).not.toContain(OUTSIDE_TEXT);
  });
});

describe('a file of a model version', () => {
  it('is sent to be saved, and never shown', async () => {
    writeFileSync(join(target.runFolder, 'page.html'), '<script>alert(1)</script>');
    const url = `${server.uri}/model-versions/get-artifact?name=planted&version=1&path=page.html`;
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('content-type')).not.toContain('html');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('<script>alert(1)</script>');
  });
});
