import { describe, expect, it } from 'vitest';
import { isSameServer } from '../../../src/core/runs/sameServer.js';
import { runOfAddress, uiLinks } from '../../../src/core/runs/uiLinks.js';

const uri = 'http://127.0.0.1:41234/Zk3v-9_secretsecretsecretsecret';
const run = '0123456789abcdef0123456789abcdef';

describe('uiLinks', () => {
  it('finds what MLflow prints at the end of a run, and where it stands', () => {
    const line = `🏃 View run aged-ape-1 at: ${uri}/#/experiments/7/runs/${run}`;
    const [link, ...others] = uiLinks(line);
    expect(link).toMatchObject({ uri, target: { kind: 'run', runId: run } });
    expect(line.slice(link?.start).length).toBe(link?.length);
    expect(line.slice(link?.start)).toMatch(/^http/);
    expect(others).toEqual([]);
  });

  it('finds the experiment, with the workspace that may follow', () => {
    const target = { kind: 'experiment', experimentId: '7' };
    expect(uiLinks(`🧪 View experiment at: ${uri}/#/experiments/7`)).toMatchObject([{ uri, target }]);
    expect(uiLinks(`${uri}/#/experiments/7?workspace=a%20b`)).toMatchObject([{ uri, target }]);
  });

  it('takes tabs and artifacts of a page as part of its address', () => {
    const address = `${uri}/#/experiments/7/runs/${run}/artifacts/model`;
    expect(uiLinks(`see ${address} (now)`)).toMatchObject([
      { length: address.length, target: { kind: 'run', runId: run } },
    ]);
  });

  it('knows the run of an evaluation by its query', () => {
    expect(uiLinks(`${uri}/#/experiments/7/evaluation-runs?selectedRunUuid=${run}`)).toMatchObject([
      { target: { kind: 'run', runId: run } },
    ]);
  });

  it('finds several in a line', () => {
    const line = `${uri}/#/experiments/1/runs/${run} http://team:5000/#/experiments/2`;
    expect(uiLinks(line).map((link) => link.uri)).toEqual([uri, 'http://team:5000']);
  });

  it.each([
    'no link',
    uri,
    `${uri}/api/2.0/mlflow/runs/get?run_id=${run}`,
    `${uri}/#/models/a`,
    'ftp://127.0.0.1/#/experiments/1',
    `http://${'a'.repeat(5_000)}/#/experiments/1`,
  ])('finds nothing in %s', (line) => {
    expect(uiLinks(line)).toEqual([]);
  });
});

describe('runOfAddress', () => {
  it('knows the run of a page of Databricks', () => {
    expect(runOfAddress(`https://dbc.example/ml/experiments/12/runs/${run}?o=1`)).toBe(run);
    expect(runOfAddress('https://dbc.example/ml/experiments/12')).toBeUndefined();
  });
});

describe('isSameServer', () => {
  it('knows the names of this machine', () => {
    expect(isSameServer(uri, uri)).toBe(true);
    expect(isSameServer(uri, `${uri.replace('127.0.0.1', 'localhost')}/`)).toBe(true);
    expect(isSameServer('http://a:1', 'http://b:1')).toBe(false);
    expect(isSameServer(uri, `${uri}x`)).toBe(false);
    expect(isSameServer(uri, uri.replace('41234', '41235'))).toBe(false);
    expect(isSameServer(uri, 'file:///x')).toBe(false);
    expect(isSameServer('mlruns', uri)).toBe(false);
  });
});
