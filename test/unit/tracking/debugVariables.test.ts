import { describe, expect, it } from 'vitest';
import { debugVariables, type DebugLaunch } from '../../../src/core/tracking/debugVariables.js';
import type { TrackingDecision } from '../../../src/core/tracking/trackingDecision.js';

const uri = 'http://127.0.0.1:5000/secret';
const inject: TrackingDecision = { kind: 'inject', uri };
const launch: DebugLaunch = { request: 'launch', console: 'internalConsole', env: {} };
const given = (changes: DebugLaunch, decision: TrackingDecision | undefined = inject, file?: string) =>
  debugVariables({ ...launch, ...changes }, decision, file, {});

describe('debugVariables', () => {
  it('gives the address to what starts outside of a terminal of VS Code', () => {
    expect(given({})).toEqual({ MLFLOW_TRACKING_URI: uri });
    expect(given({ console: 'externalTerminal', env: undefined })).toEqual({ MLFLOW_TRACKING_URI: uri });
  });

  it('leaves the integrated terminal to itself, which is the debugger’s default too', () => {
    expect(given({ console: 'integratedTerminal' })).toEqual({});
    expect(given({ console: undefined })).toEqual({});
  });

  it('leaves what the person configured in force', () => {
    expect(given({ env: { MLFLOW_TRACKING_URI: 'http://team' } })).toEqual({});
    expect(given({ env: { MLFLOW_TRACKING_URI: null } })).toEqual({});
    expect(given({}, inject, 'http://team')).toEqual({});
  });

  it('gives nothing where the decision is another, and nothing to what runs already', () => {
    const configured = { uri: 'http://team', source: { kind: 'environment' } } as const;
    for (const decision of [
      undefined,
      { kind: 'untrusted' },
      { kind: 'off', configured: undefined },
      { kind: 'disabled' },
      { kind: 'starting' },
      { kind: 'configured', configured },
      { kind: 'readOnly', reason: 'askedFor' },
    ] satisfies (TrackingDecision | undefined)[]) {
      expect(debugVariables(launch, decision, undefined, {}), decision?.kind).toEqual({});
    }
    expect(given({ request: 'attach' })).toEqual({});
  });

  it('keeps the address from a proxy, of the session or of the environment', () => {
    const added = { MLFLOW_TRACKING_URI: uri, no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' };
    expect(debugVariables(launch, inject, undefined, { http_proxy: 'http://p' })).toEqual(added);
    expect(given({ env: { HTTP_PROXY: 'http://p' } })).toEqual(added);
    expect(given({ env: { HTTP_PROXY: 'http://p', NO_PROXY: '*' } })).toEqual({ MLFLOW_TRACKING_URI: uri });
  });
});
