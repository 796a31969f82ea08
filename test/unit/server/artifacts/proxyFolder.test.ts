import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Artifacts } from '../../../../src/server/artifacts/artifacts.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.js';

let folder: TemporaryFolder;
let store: string;

beforeEach(() => {
  folder = makeTemporaryFolder();
  store = join(folder.path, 'store');
  mkdirSync(store);
  mkdirSync(join(folder.path, 'elsewhere'));
  writeFileSync(join(folder.path, 'elsewhere', 'private.txt'), 'private');
});

afterEach(() => folder.remove());

describe('the folder that the artifact proxy serves', () => {
  it('is mlartifacts beside the database, made by the first file', async () => {
    const artifacts = new Artifacts({ storeFolder: store, approvedRoots: [] });
    expect(await artifacts.list('mlflow-artifacts:/1/a/artifacts', '')).toEqual([]);
    await artifacts.writeProxied('1/a/artifacts/x.txt', Readable.from('text'));
    expect(await artifacts.list('mlflow-artifacts:/1/a/artifacts', '')).toMatchObject([{ path: 'x.txt' }]);
  });

  it('is not followed out of the approved folders', async () => {
    symlinkSync(join(folder.path, 'elsewhere'), join(store, 'mlartifacts'));
    const artifacts = new Artifacts({ storeFolder: store, approvedRoots: [] });
    const refused = { code: 'PERMISSION_DENIED' };
    await expect(artifacts.list('mlflow-artifacts:/', '')).rejects.toMatchObject(refused);
    await expect(artifacts.openProxied('private.txt')).rejects.toMatchObject(refused);
    await expect(artifacts.writeProxied('x.txt', Readable.from('text'))).rejects.toMatchObject(refused);
    await expect(artifacts.removeProxied('private.txt')).rejects.toMatchObject(refused);
  });

  it('is wherever the owner put it', async () => {
    const elsewhere = join(folder.path, 'elsewhere');
    const artifacts = new Artifacts({ storeFolder: store, approvedRoots: [], proxyFolder: elsewhere });
    expect(await artifacts.listProxied('')).toMatchObject([{ path: 'private.txt' }]);
  });
});
