import { describe, expect, it } from 'vitest';
import { isModelsUri, parseModelUri } from '../../../src/core/domain/modelUri.js';

describe('parseModelUri', () => {
  it.each([
    ['models:/m-0123', { kind: 'loggedModel', modelId: 'm-0123' }],
    ['models:/name/3', { kind: 'version', name: 'name', version: '3' }],
    ['models:/größe 値/12', { kind: 'version', name: 'größe 値', version: '12' }],
    ['models:/name/Production', { kind: 'stage', name: 'name', stage: 'Production' }],
    ['models:/name/LATEST', { kind: 'latest', name: 'name' }],
    ['models:/name@champion', { kind: 'alias', name: 'name', alias: 'champion' }],
    ['models:/a@b@c', { kind: 'alias', name: 'a@b', alias: 'c' }],
    ['MODELS:///name/3', { kind: 'version', name: 'name', version: '3' }],
    ['models://host/name/3?x=y', { kind: 'version', name: 'name', version: '3' }],
  ])('reads %s', (uri, expected) => {
    expect(parseModelUri(uri)).toEqual(expected);
  });

  it.each([
    'models:',
    'models:/',
    'models:name/3',
    'models:/name/',
    'models:/ /3',
    'models:/a/b/c',
    'models:/a@',
    's3://a/b',
  ])('does not read %j', (uri) => {
    expect(parseModelUri(uri)).toBeUndefined();
  });

  it('goes by the scheme', () => {
    expect(isModelsUri('models:/x')).toBe(true);
    expect(isModelsUri('runs:/models:/x')).toBe(false);
  });
});
