import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { inspectDatabase } from '../../../../src/server/sqlite/inspectDatabase.js';
import { openTestStore, otherConnection, REVISION_OF_2_9, testFolder, testPath, valueOf } from './support.js';

const ALL = { viewType: 'ALL', maxResults: 10, orderBy: [] } as const;

describe('a store that does not exist yet', () => {
  it('is read without making anything', async () => {
    const folder = join(testFolder(), 'not', 'there');
    const { store, info } = openTestStore(join(folder, 'mlflow.db'));
    const { items } = await store.searchExperiments(ALL);
    expect(items.map(({ name, artifactLocation }) => [name, artifactLocation])).toEqual([
      ['Default', `${folder}/mlruns/0`],
    ]);
    expect(info().exists).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it('is made by the first write, which reads see at once', async () => {
    const path = testPath();
    const { store, info } = openTestStore(path);
    await store.searchExperiments(ALL);
    const id = await store.createExperiment({ name: 'new', tags: [] });
    expect(info().exists).toBe(true);
    expect((await store.getExperiment(id)).name).toBe('new');
    expect(valueOf(path, 'PRAGMA journal_mode')).toBe('wal');
    expect(valueOf(path, 'SELECT count(*) FROM experiments')).toBe(2);
  });

  it('is made at the revision that is asked for', async () => {
    const path = testPath();
    const { store, info } = openTestStore(path, { createRevision: REVISION_OF_2_9 });
    expect(info()).toMatchObject({ revision: REVISION_OF_2_9, exists: false });
    await store.createExperiment({ name: 'new', tags: [] });
    expect(valueOf(path, 'SELECT version_num FROM alembic_version')).toBe(REVISION_OF_2_9);
  });

  it('is not made twice when another process is faster', async () => {
    const path = testPath();
    const first = openTestStore(path);
    const second = openTestStore(path);
    await second.store.searchExperiments(ALL);
    await first.store.createExperiment({ name: 'first', tags: [] });
    await second.store.createExperiment({ name: 'second', tags: [] });
    expect((await first.store.searchExperiments(ALL)).items).toHaveLength(3);
  });

  it.each([
    ['an empty file', (path: string) => writeFileSync(path, '')],
    ['a database without tables', (path: string) => new DatabaseSync(path).exec('PRAGMA user_version = 1')],
  ])('takes %s for nothing', async (_, make) => {
    const path = testPath();
    make(path);
    const { store, info } = openTestStore(path);
    expect(info().exists).toBe(false);
    await store.createExperiment({ name: 'new', tags: [] });
    expect(inspectDatabase({ path }).exists).toBe(true);
  });
});

describe('an existing database', () => {
  it('keeps its journal mode', async () => {
    const path = testPath();
    const made = openTestStore(path);
    await made.store.createExperiment({ name: 'one', tags: [] });
    await made.close();
    otherConnection(path).exec('PRAGMA journal_mode = DELETE');
    const { store } = openTestStore(path);
    await store.createExperiment({ name: 'two', tags: [] });
    expect((await store.searchExperiments(ALL)).items).toHaveLength(3);
    expect(valueOf(path, 'PRAGMA journal_mode')).toBe('delete');
  });

  it('leaves nothing beside it when it is closed', async () => {
    const folder = testFolder();
    const opened = openTestStore(join(folder, 'mlflow.db'));
    await opened.store.createExperiment({ name: 'one', tags: [] });
    await opened.store.searchExperiments(ALL);
    expect(readdirSync(folder)).toContain('mlflow.db-wal');
    await opened.close();
    expect(readdirSync(folder)).toEqual(['mlflow.db']);
  });

  it('names what an old one cannot do', async () => {
    const { store } = openTestStore(testPath(), { createRevision: REVISION_OF_2_9 });
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    const upgrade = {
      code: 'NOT_IMPLEMENTED',
      message: expect.stringContaining('mlflow db upgrade') as string,
    };
    await expect(store.createLoggedModel({ experimentId: '0', params: [], tags: [] })).rejects.toMatchObject(
      upgrade,
    );
    const metric = { key: 'm', value: 1, timestamp: 1, step: 0, modelId: 'm-1' };
    await expect(store.logMetric(info.runId, metric)).rejects.toMatchObject(upgrade);
    expect(await store.getRun(info.runId)).toMatchObject({ metrics: [], modelInputs: [], modelOutputs: [] });
  });

  it('is read-only at a revision that is not known, until it is known again', async () => {
    const path = testPath();
    await openTestStore(path).store.createExperiment({ name: 'one', tags: [] });
    const other = otherConnection(path);
    const revision = valueOf(path, 'SELECT version_num FROM alembic_version');
    other.exec(`UPDATE alembic_version SET version_num = 'feedfacecafe'; CREATE TABLE later (x)`);
    const { store, info } = openTestStore(path);
    expect(info()).toMatchObject({
      revision: 'feedfacecafe',
      releases: [],
      readOnlyReason: 'unknownRevision',
    });
    expect((await store.searchExperiments(ALL)).items).toHaveLength(2);
    const write = () => store.createExperiment({ name: 'two', tags: [] });
    await expect(write()).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('feedfacecafe') as string,
    });
    other.exec(`UPDATE alembic_version SET version_num = '${String(revision)}'; DROP TABLE later`);
    await expect(write()).resolves.toBe('2');
    expect(info().readOnlyReason).toBeUndefined();
  });

  it('is read anew when another process changes its tables', async () => {
    const path = testPath();
    const { store } = openTestStore(path);
    await store.createExperiment({ name: 'one', tags: [] });
    otherConnection(path).exec(
      'ALTER TABLE experiments ADD COLUMN later TEXT; DROP INDEX index_metrics_run_uuid_key_step',
    );
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    await store.logMetric(info.runId, { key: 'm', value: 1, timestamp: 1, step: 0 });
    expect((await store.getMetricHistory({ runId: info.runId, key: 'm' })).items).toHaveLength(1);
  });
});

describe('what is no store', () => {
  it.each([
    ['a text', (path: string) => writeFileSync(path, 'not a database at all'), /is not an SQLite database/],
    ['a folder', (path: string) => mkdirSync(path), /is not an SQLite database/],
    [
      'the database of something else',
      (path: string) => new DatabaseSync(path).exec('CREATE TABLE moz_cookies (id)'),
      /holds no MLflow store/,
    ],
  ])('refuses %s', (_, make, message) => {
    const path = testPath();
    make(path);
    expect(() => openTestStore(path)).toThrow(message);
  });

  it('says that a database is damaged', async () => {
    const path = testPath();
    writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000, 7)]));
    expect(() => openTestStore(path)).toThrow(/is not an SQLite database/);
    const damaged = testPath();
    const made = openTestStore(damaged);
    await made.store.createExperiment({ name: 'one', tags: [] });
    await made.close();
    const pages = readFileSync(damaged);
    writeFileSync(damaged, pages.fill(7, 4096));
    const use = async () => openTestStore(damaged).store.createExperiment({ name: 'two', tags: [] });
    await expect(use()).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/is damaged/) as string,
    });
  });
});

describe('a database that goes away', () => {
  it('says so once, and then starts anew', async () => {
    const path = testPath();
    const { store, info } = openTestStore(path);
    const id = await store.createExperiment({ name: 'one', tags: [] });
    renameSync(path, `${path}.gone`);
    const write = () => store.createExperiment({ name: 'two', tags: [] });
    await expect(write()).rejects.toMatchObject({
      code: 'ABORTED',
      message: expect.stringMatching(/was deleted or moved/) as string,
    });
    await expect(store.getExperiment(id)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(info().exists).toBe(false);
    await expect(write()).resolves.toBe('1');
  });

  it('is followed when another takes its place', async () => {
    const [path, other] = [testPath(), testPath()];
    const { store } = openTestStore(path);
    await store.createExperiment({ name: 'one', tags: [] });
    expect((await store.getExperiment('1')).name).toBe('one');
    const second = openTestStore(other);
    await second.store.createExperiment({ name: 'from elsewhere', tags: [] });
    await second.close();
    renameSync(other, path);
    expect((await store.getExperiment('1')).name).toBe('from elsewhere');
    expect(await store.createExperiment({ name: 'two', tags: [] })).toBe('2');
  });
});

describe('artifact locations', () => {
  it('are where MLflow puts them for a script in the folder of the database, without symbolic links', async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    const { store } = openTestStore(join(folder, 'link', 'mlflow.db'));
    const id = await store.createExperiment({ name: 'one', tags: [] });
    const real = realpathSync(join(folder, 'real'));
    expect((await store.getExperiment(id)).artifactLocation).toBe(`${real}/mlruns/1`);
  });

  it('are below another root where one is given', async () => {
    const { store } = openTestStore(testPath(), { artifactRoot: 'mlflow-artifacts:/' });
    const { info } = await store.createRun({ experimentId: '0', tags: [] });
    expect(info.artifactUri).toBe(`mlflow-artifacts:/0/${info.runId}/artifacts`);
  });
});
