import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ANY_CHANGE, NO_CHANGE, type StoreChange } from '../../../../src/core/domain/changes.js';
import { openConnection } from '../../../../src/server/sqlite/connections.js';
import { KNOWN_REVISIONS, NEWEST_REVISION } from '../../../../src/server/sqlite/schemas/index.js';
import { Tables } from '../../../../src/server/sqlite/tables.js';
import { OtherWriters } from '../../../../src/server/sqlite/watching/otherWriters.js';
import { openTestStore, otherConnection, testPath } from './support.js';

const INSERT_RUN = `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
    start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
  VALUES (?, 'r', 'LOCAL', '', '', 'me', ?, 1, '', 'active', '', ?)`;

/** A database that another process writes to, with what looks at it. */
async function watched(createRevision = NEWEST_REVISION) {
  const path = testPath();
  const made = openTestStore(path, { createRevision });
  await made.store.createExperiment({ name: 'one', tags: [{ key: 'k', value: 'v' }] });
  await made.close();
  const theirs = otherConnection(path);
  const addRun = (id: string, status = 'RUNNING', experiment = 1) =>
    theirs.prepare(INSERT_RUN).run(id, status, experiment);
  const addRuns = (count: number, status: string) => {
    theirs.exec('BEGIN');
    for (let index = 0; index < count; index += 1) {
      addRun(`${status}-${index}`, status);
    }
    theirs.exec('COMMIT');
  };
  const look = () => {
    const database = openConnection(path, 'reader');
    onTestFinished(() => database.close());
    return new OtherWriters({ database, tables: new Tables(database) });
  };
  return { path, theirs, addRun, addRuns, look };
}

const runs = (...ids: readonly string[]): StoreChange => ({
  ...NO_CHANGE,
  runs: ids.map((runId) => ({ runId, experimentId: '1' })),
});

const experiments = (...experimentIds: readonly string[]): StoreChange => ({ ...NO_CHANGE, experimentIds });

const models = (...registeredModels: readonly string[]): StoreChange => ({ ...NO_CHANGE, registeredModels });

const METRIC = `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('m', ?, 1, ?, ?, 0)`;

function logMetrics(theirs: DatabaseSync, runId: string, count: number, from = 0): void {
  const insert = theirs.prepare(METRIC);
  theirs.exec('BEGIN');
  for (let step = from; step < from + count; step += 1) {
    insert.run(step, runId, step);
  }
  theirs.exec('COMMIT');
}

describe.each(KNOWN_REVISIONS)('in a database at revision %s', (revision) => {
  it('rows that others add, and what they update, tell what has changed', async () => {
    const { theirs, addRun, look } = await watched(revision);
    addRun('old', 'FINISHED');
    addRun('busy');
    theirs.exec(`INSERT INTO tags (run_uuid, key, value) VALUES ('busy', 'progress', '10%')`);
    const others = look();
    expect(others.find()).toBeUndefined();

    const after = (sql: string): StoreChange | undefined => (theirs.exec(sql), others.find());
    addRun('new');
    expect(others.find()).toEqual(runs('new'));
    logMetrics(theirs, 'busy', 3);
    logMetrics(theirs, 'new', 1);
    expect(others.find()?.runs).toHaveLength(2);
    expect(after(`INSERT INTO params (run_uuid, key, value) VALUES ('new', 'lr', '1')`)).toEqual(runs('new'));
    expect(after(`INSERT INTO tags (run_uuid, key, value) VALUES ('old', 't', '1')`)).toEqual(runs('old'));
    expect(after(`UPDATE tags SET value = '20%' WHERE key = 'progress'`)).toEqual(runs('busy'));
    expect(after(`UPDATE tags SET value = '2' WHERE key = 't'`)).toEqual(runs('old'));
    expect(after(`DELETE FROM tags WHERE key = 'progress'`)).toEqual(runs('busy'));
    expect(after(`UPDATE runs SET status = 'FINISHED', end_time = 2 WHERE run_uuid = 'busy'`)).toEqual(
      runs('busy'),
    );
    expect(after(`UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid = 'old'`)).toEqual(runs('old'));
    expect(
      after(`INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id)
             VALUES ('i', 'DATASET', 'd', 'RUN', 'new')`),
    ).toEqual(runs('new'));
    expect(after(`UPDATE experiments SET name = 'two' WHERE experiment_id = 1`)).toEqual(experiments('1'));
    expect(after(`UPDATE experiment_tags SET value = 'w'`)).toEqual(experiments('1'));
    expect(
      after(`INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (7, '7', 'active')`),
    ).toEqual(experiments('7'));
    expect(others.find()).toBeUndefined();
  });

  it('so do those of the model registry', async () => {
    const { theirs, look } = await watched(revision);
    const others = look();
    const after = (sql: string): StoreChange | undefined => (theirs.exec(sql), others.find());
    expect(
      after(`INSERT INTO registered_models (name, creation_time, last_updated_time) VALUES ('m', 1, 1)`),
    ).toEqual(models('m'));
    expect(
      after(`INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage, status)
             VALUES ('m', 1, 1, 1, 'None', 'READY'), ('m', 2, 1, 1, 'None', 'READY')`),
    ).toEqual(models('m'));
    expect(
      after(
        `INSERT INTO registered_model_aliases (name, alias, version) VALUES ('m', 'best', 1), ('m', 'last', 1)`,
      ),
    ).toEqual(models('m'));
    expect(after(`UPDATE registered_model_aliases SET version = 2`)).toEqual(models('m'));
    expect(after(`UPDATE model_versions SET current_stage = 'Production' WHERE version = 1`)).toEqual(
      models('m'),
    );
    expect(
      after(`INSERT INTO model_version_tags (name, version, key, value) VALUES ('m', 2, 'k', 'v')`),
    ).toEqual(models('m'));
    expect(after(`UPDATE model_version_tags SET value = 'w'`)).toEqual(models('m'));
    expect(after(`DELETE FROM registered_model_aliases WHERE alias = 'best'`)).toEqual(models('m'));
    theirs.exec('PRAGMA foreign_keys = ON');
    expect(after(`UPDATE registered_models SET name = 'n', last_updated_time = 2`)).toEqual(models('n', 'm'));
  });
});

describe('what the rows do not tell', () => {
  it('is everything, when rows are gone', async () => {
    const { theirs, addRun, look } = await watched();
    addRun('first');
    addRun('second');
    logMetrics(theirs, 'second', 5);
    const others = look();
    theirs.exec(`DELETE FROM metrics WHERE step = 4`);
    expect(others.find()).toEqual(ANY_CHANGE);
    theirs.exec(`DELETE FROM runs WHERE run_uuid = 'first'`);
    expect(others.find()).toEqual(ANY_CHANGE);
  });

  it('is everything, when the rowid of a deleted row is given to another one', async () => {
    const { theirs, addRun, look } = await watched();
    addRun('busy');
    logMetrics(theirs, 'busy', 5);
    const others = look();
    theirs.exec(`DELETE FROM metrics WHERE step = 4`);
    logMetrics(theirs, 'busy', 1, 9);
    expect(others.find()).toEqual(ANY_CHANGE);
    logMetrics(theirs, 'busy', 1, 10);
    expect(others.find()).toEqual(runs('busy'));
    theirs.exec(`DELETE FROM metrics WHERE step > 3`);
    logMetrics(theirs, 'busy', 7, 20);
    expect(others.find()).toEqual(ANY_CHANGE);
  });

  it('is everything, when there are more rows than are worth reading', async () => {
    const { theirs, addRun, look } = await watched();
    addRun('busy');
    const others = look();
    logMetrics(theirs, 'busy', 10_500);
    expect(others.find()).toEqual(ANY_CHANGE);
    logMetrics(theirs, 'busy', 9_500, 20_000);
    expect(others.find()).toEqual(runs('busy'));
  });

  it('is not found where it is older than all that is compared', async () => {
    const { theirs, addRuns, look } = await watched();
    addRuns(600, 'FINISHED');
    const others = look();
    theirs.exec(`UPDATE runs SET name = 'renamed' WHERE run_uuid = 'FINISHED-3'`);
    expect(others.find()).toBeUndefined();
    theirs.exec(`UPDATE runs SET name = 'renamed' WHERE run_uuid = 'FINISHED-500'`);
    expect(others.find()).toEqual(runs('FINISHED-500'));
    // More come, and push others out.
    addRuns(100, 'FAILED');
    expect(others.find()?.runs).toHaveLength(100);
  });

  it('is nothing that anybody is told of, where there are only traces', async () => {
    const { theirs, look } = await watched();
    const others = look();
    theirs.exec(
      `INSERT INTO trace_info (request_id, experiment_id, timestamp_ms, status) VALUES ('t', 1, 1, 'OK')`,
    );
    expect(others.find()).toEqual(NO_CHANGE);
  });
});

describe('what we write ourselves', () => {
  it('is passed over', async () => {
    const { theirs, addRun, look } = await watched();
    addRun('busy');
    const others = look();
    logMetrics(theirs, 'busy', 3);
    theirs.exec(`DELETE FROM metrics WHERE step = 2`);
    others.passOverRows();
    theirs.exec(
      `UPDATE runs SET status = 'FINISHED'; INSERT INTO tags (run_uuid, key, value) VALUES ('busy', 't', '')`,
    );
    others.passOverRows();
    others.passOverUpdates();
    expect(others.find()).toBeUndefined();
  });
});

it('a run whose tags are replaced is found among a thousand that run', async () => {
  const { theirs, addRuns, look } = await watched();
  addRuns(1000, 'RUNNING');
  theirs.exec(`INSERT INTO tags (run_uuid, key, value) SELECT run_uuid, 'progress', '0%' FROM runs`);
  const others = look();
  theirs.exec(`UPDATE tags SET value = '1%' WHERE run_uuid = 'RUNNING-990'`);
  expect(others.find()).toEqual(runs('RUNNING-990'));
  // One of those that are not followed, until something is heard of it.
  theirs.exec(`UPDATE tags SET value = '1%' WHERE run_uuid = 'RUNNING-5'`);
  expect(others.find()).toBeUndefined();
  logMetrics(theirs, 'RUNNING-5', 1);
  expect(others.find()).toEqual(runs('RUNNING-5'));
  theirs.exec(`UPDATE tags SET value = '2%' WHERE run_uuid = 'RUNNING-5'`);
  expect(others.find()).toEqual(runs('RUNNING-5'));
});
