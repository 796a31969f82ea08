import { describe, expect, it } from 'vitest';
import { adviseEntry, type EntryFacts } from '../../../src/core/tracking/entryAdvice.js';
import { sqliteUri } from '../../../src/core/tracking/sqliteUri.js';

describe('sqliteUri', () => {
  it.each([
    ['/home/me/mlflow.db', 'sqlite:////home/me/mlflow.db'],
    ['/a b/c#d/ü/mlflow.db', 'sqlite:////a b/c#d/ü/mlflow.db'],
    ['C:\\Users\\me\\mlflow.db', 'sqlite:///C:/Users/me/mlflow.db'],
  ])('names %s', (path, uri) => {
    expect(sqliteUri(path)).toBe(uri);
  });

  it.each([
    '/a%20b/mlflow.db',
    '/a?b/mlflow.db',
    '/$HOME/mlflow.db',
    '/a"b/mlflow.db',
    '/a\nb/x.db',
    '\\\\host\\x.db',
  ])('does not name %j: not everybody would find it', (path) => {
    expect(sqliteUri(path)).toBeUndefined();
  });
});

describe('adviseEntry', () => {
  const facts: EntryFacts = {
    storeUri: 'sqlite:////w/mlflow.db',
    release: '3.18.0',
    skinny: false,
    storeReleases: ['3.18.0'],
    proxied: false,
  };

  it('prefers the database itself', () => {
    const forms = ['sqlite', 'http'];
    expect(adviseEntry(facts)).toEqual({ forms });
    expect(adviseEntry({ ...facts, release: undefined })).toEqual({ forms });
    expect(adviseEntry({ ...facts, storeReleases: [] })).toEqual({ forms });
  });

  it('prefers the server where the database would not open', () => {
    const forms = ['http', 'sqlite'];
    expect(adviseEntry({ ...facts, skinny: true })).toEqual({ forms, obstacle: 'skinny' });
    expect(adviseEntry({ ...facts, release: '2.22.4' })).toEqual({ forms, obstacle: 'release' });
    expect(adviseEntry({ ...facts, storeUri: undefined })).toEqual({ forms: ['http'], obstacle: 'path' });
  });

  it('never names the server where a proxy would see its secret', () => {
    expect(adviseEntry({ ...facts, proxied: true }).forms).toEqual(['sqlite']);
    expect(adviseEntry({ ...facts, proxied: true, skinny: true }).forms).toEqual(['sqlite']);
    expect(adviseEntry({ ...facts, proxied: true, storeUri: undefined }).forms).toEqual([]);
  });
});
