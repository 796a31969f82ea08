import { describe, expect, it } from 'vitest';
import { appendToUri, resolvedLocation } from '../../../../src/server/sqlite/artifactLocations.js';

describe('resolvedLocation', () => {
  it.each([
    ['./mlruns', '/home/ada/mlruns'],
    ['mlruns/', '/home/ada/mlruns'],
    ['../shared', '/home/ada/../shared'],
    ['/data/runs', '/data/runs'],
    ['/data/runs/', '/data/runs/'],
    ['file:relative/x', 'file:///home/ada/relative/x'],
    ['file:///data/runs', 'file:///data/runs'],
    ['s3://bucket/a', 's3://bucket/a'],
    ['mlflow-artifacts:/', 'mlflow-artifacts:/'],
  ])('%s', (location, expected) => {
    expect(resolvedLocation(location, '/home/ada', 'linux')).toBe(expected);
  });

  it.each([
    ['./mlruns', 'file:///C:/Users/ada/mlruns'],
    ['D:\\runs', 'D:\\runs'],
    ['\\\\server\\share\\runs', '\\\\server\\share\\runs'],
    ['file:///C:/runs', 'file:///C:/runs'],
    ['s3://bucket/a', 's3://bucket/a'],
  ])('%s on Windows', (location, expected) => {
    expect(resolvedLocation(location, 'C:\\Users\\ada', 'win32')).toBe(expected);
  });
});

describe('appendToUri', () => {
  it.each([
    ['/data/mlruns', '/data/mlruns/1/artifacts'],
    ['/data/mlruns/', '/data/mlruns/1/artifacts'],
    ['relative', 'relative/1/artifacts'],
    ['s3://bucket', 's3://bucket/1/artifacts'],
    ['s3://bucket/a/?x=1', 's3://bucket/a/1/artifacts?x=1'],
    ['s3://bucket/a#part', 's3://bucket/a/1/artifacts#part'],
    ['file:relative', 'file:relative/1/artifacts'],
    ['file:///C:/runs', 'file:///C:/runs/1/artifacts'],
    ['mlflow-artifacts:/', 'mlflow-artifacts:/1/artifacts'],
    ['mlflow-artifacts:', 'mlflow-artifacts:1/artifacts'],
    ['dbfs:/a', 'dbfs:/a/1/artifacts'],
  ])('%s', (uri, expected) => {
    expect(appendToUri(uri, '1', 'artifacts')).toBe(expected);
  });

  it('refuses a query that climbs', () => {
    expect(() => appendToUri('s3://bucket?x=%252e%252e/y', '1')).toThrow(/Invalid query string/);
  });
});
