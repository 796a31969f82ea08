import { describe, expect, it } from 'vitest';
import { findConfiguredUri, type UriSources } from '../../../src/core/tracking/configuredUri.js';

const none: UriSources = {
  environment: {},
  settings: [],
  envFiles: [],
  storeUri: 'sqlite:////w/mlflow.db',
};
const SETTING = 'terminal.integrated.env.linux';
const setting = (value: unknown) => [
  { source: { kind: 'terminalSetting', setting: SETTING }, value } as const,
  { source: { kind: 'tasks' }, value: { MLFLOW_TRACKING_URI: 'http://task' } } as const,
];
const file = (text: string) => [{ path: '/w/.env', text }];

describe('findConfiguredUri', () => {
  it('finds nothing where nothing is set', () => {
    expect(findConfiguredUri(none)).toBeUndefined();
    expect(findConfiguredUri({ ...none, environment: { MLFLOW_TRACKING_URI: '' } })).toBeUndefined();
    expect(findConfiguredUri({ ...none, envFiles: file('OTHER=1') })).toBeUndefined();
  });

  it('finds each source', () => {
    expect(findConfiguredUri({ ...none, environment: { MLFLOW_TRACKING_URI: 'http://a' } })).toEqual({
      uri: 'http://a',
      source: { kind: 'environment' },
    });
    expect(findConfiguredUri({ ...none, envFiles: file('MLFLOW_TRACKING_URI=http://b') })).toEqual({
      uri: 'http://b',
      source: { kind: 'envFile', path: '/w/.env' },
    });
    expect(findConfiguredUri({ ...none, settings: setting({ MLFLOW_TRACKING_URI: 'http://c' }) })).toEqual({
      uri: 'http://c',
      source: { kind: 'terminalSetting', setting: 'terminal.integrated.env.linux' },
    });
  });

  it('does not take an entry of ours for configured', () => {
    const entry = '# Written by MLflow Workbench\nMLFLOW_TRACKING_URI=sqlite:////w/mlflow.db\n';
    expect(findConfiguredUri({ ...none, envFiles: file(entry) })).toBeUndefined();
    const both = file(`MLFLOW_TRACKING_URI=http://b\n${entry}`);
    expect(findConfiguredUri({ ...none, envFiles: both })?.uri).toBe('http://b');
    expect(findConfiguredUri({ ...none, storeUri: undefined, envFiles: file(entry) })?.uri).toMatch(
      /^sqlite/,
    );
  });

  it('takes a variable that the setting removes for configured', () => {
    const found = findConfiguredUri({ ...none, settings: setting({ MLFLOW_TRACKING_URI: null }) });
    expect(found?.uri).toBe('');
  });

  it('lets the setting win over the environment, and that over a file', () => {
    const all: UriSources = {
      ...none,
      environment: { MLFLOW_TRACKING_URI: 'http://a' },
      settings: setting({ MLFLOW_TRACKING_URI: 'http://c' }),
      envFiles: file('MLFLOW_TRACKING_URI=http://b'),
    };
    expect(findConfiguredUri(all)?.uri).toBe('http://c');
    expect(findConfiguredUri({ ...all, settings: [] })?.uri).toBe('http://a');
    expect(findConfiguredUri({ ...all, settings: setting(undefined) })).toEqual({
      uri: 'http://task',
      source: { kind: 'tasks' },
    });
  });
});
