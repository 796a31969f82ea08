import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import {
  KNOWN_REVISIONS,
  NEWEST_REVISION,
  releasesOf,
  revisionOfRelease,
  schemaOf,
} from '../../../../src/server/sqlite/schemas/index.js';

const SINCE_2_9 = ['experiments', 'runs', 'metrics', 'latest_metrics', 'params', 'tags', 'experiment_tags'];
const SINCE_3_0 = ['logged_models', 'logged_model_metrics', 'logged_model_params', 'logged_model_tags'];

function tablesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return rows.map((row) => String(row.name));
}

function minorOf(release: string): readonly [number, number] {
  const [major = NaN, minor = NaN] = release.split('.').map(Number);
  return [major, minor];
}

describe.each(KNOWN_REVISIONS)('the schema of %s', (revision) => {
  const database = new DatabaseSync(':memory:');
  for (const statement of schemaOf(revision)) {
    database.exec(statement);
  }
  const tables = tablesOf(database);
  const [major] = minorOf(releasesOf(revision)[0] ?? '');

  it('is at the revision', () => {
    expect(database.prepare('SELECT version_num FROM alembic_version').all()).toEqual([
      { version_num: revision },
    ]);
  });

  it('has the tables of its time', () => {
    expect(tables).toEqual(expect.arrayContaining([...SINCE_2_9, 'datasets', 'inputs', 'input_tags']));
    expect(SINCE_3_0.filter((table) => tables.includes(table))).toEqual(major === 3 ? SINCE_3_0 : []);
  });

  it('takes a Default experiment and leaves no reference open', () => {
    database.exec(
      "INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (0, 'Default', 'active')",
    );
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  });
});

describe('revisions and releases', () => {
  it('starts at MLflow 2.9 and ends at 3.18', () => {
    expect(releasesOf(KNOWN_REVISIONS[0] ?? '')[0]).toBe('2.9.0');
    expect(releasesOf(NEWEST_REVISION)).toContain('3.18.0');
  });

  it('has each release once', () => {
    const releases = KNOWN_REVISIONS.flatMap(releasesOf);
    expect(new Set(releases).size).toBe(releases.length);
    const minors = new Set(releases.map((release) => minorOf(release).join('.')));
    expect(minors.size).toBe(14 + 19);
  });

  it('never goes back from one patch release to the next, nor from one minor to the next', () => {
    const position = (release: string): number => KNOWN_REVISIONS.indexOf(revisionOfRelease(release) ?? '');
    const releases = KNOWN_REVISIONS.flatMap(releasesOf).toSorted((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    const lastOfMinor = new Map(releases.map((release) => [minorOf(release).join('.'), release]));
    for (const chain of [
      [...lastOfMinor.values()],
      ...[...lastOfMinor.keys()].map((minor) => releases.filter((each) => each.startsWith(`${minor}.`))),
    ]) {
      const positions = chain.map(position);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    }
  });

  it('knows the revision of a release', () => {
    expect(revisionOfRelease('2.9.2')).toBe('acf3f17fdcc7');
    expect(revisionOfRelease('3.18.0')).toBe(NEWEST_REVISION);
    expect(revisionOfRelease('3.18')).toBe(NEWEST_REVISION);
  });

  it('takes the patches of a minor apart where they differ', () => {
    expect(revisionOfRelease('3.1.0')).not.toBe(revisionOfRelease('3.1.1'));
    expect(revisionOfRelease('3.1.0')).toBe(revisionOfRelease('3.0.0'));
  });

  it('takes patches and candidates that were not recorded as of their minor', () => {
    expect(revisionOfRelease('2.9.99')).toBe('acf3f17fdcc7');
    expect(revisionOfRelease('3.18.1')).toBe(NEWEST_REVISION);
    expect(revisionOfRelease('3.18.0rc2')).toBe(NEWEST_REVISION);
    expect(revisionOfRelease('2.22.5.dev0')).toBe(revisionOfRelease('2.22.5'));
    expect(revisionOfRelease('3.10.1+local.1')).toBe(revisionOfRelease('3.10.1'));
  });

  it('does not guess about others', () => {
    for (const version of ['3.19.0', '4.0.0', '2.8.1', '1.30.0', '', 'main', '3']) {
      expect(revisionOfRelease(version)).toBeUndefined();
    }
    expect(releasesOf('unknown')).toEqual([]);
    expect(() => schemaOf('unknown')).toThrow(RangeError);
  });
});
