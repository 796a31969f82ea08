import { describe, expect, it } from 'vitest';
import { decideTracking, type TrackingFacts } from '../../../src/core/tracking/trackingDecision.js';

const uri = 'http://127.0.0.1:5000/secret';
const willing: TrackingFacts = {
  trusted: true,
  tracked: true,
  injectionEnabled: true,
  configured: undefined,
  store: { kind: 'open', uri },
};
const configured = { uri: 'http://team', source: { kind: 'environment' } } as const;

describe('decideTracking', () => {
  it('injects when everything agrees', () => {
    expect(decideTracking(willing)).toEqual({ kind: 'inject', uri });
  });

  it('leaves what the person configured in force', () => {
    expect(decideTracking({ ...willing, configured })).toEqual({ kind: 'configured', configured });
  });

  it('never injects a store that cannot be written', () => {
    const store = { kind: 'open', uri, readOnlyReason: 'unknownRevision' } as const;
    expect(decideTracking({ ...willing, store })).toEqual({ kind: 'readOnly', reason: 'unknownRevision' });
  });

  it('does nothing in Restricted Mode, without being asked, or where the setting says no', () => {
    expect(decideTracking({ ...willing, trusted: false }).kind).toBe('untrusted');
    expect(decideTracking({ ...willing, tracked: false }).kind).toBe('off');
    expect(decideTracking({ ...willing, injectionEnabled: false }).kind).toBe('disabled');
  });

  it('waits for the server and says why it is not there', () => {
    expect(decideTracking({ ...willing, store: { kind: 'starting' } }).kind).toBe('starting');
    const failed = { kind: 'failed', message: 'no disk' } as const;
    expect(decideTracking({ ...willing, store: failed })).toEqual(failed);
  });

  it('injects in exactly one of all combinations', () => {
    const injecting = [true, false].flatMap((trusted) =>
      [true, false].flatMap((tracked) =>
        [true, false].flatMap((injectionEnabled) =>
          [undefined, configured].flatMap((given) =>
            [{ kind: 'open', uri } as const, { kind: 'starting' } as const].map((store) =>
              decideTracking({ trusted, tracked, injectionEnabled, configured: given, store }),
            ),
          ),
        ),
      ),
    );
    expect(injecting.filter(({ kind }) => kind === 'inject')).toHaveLength(1);
  });
});
