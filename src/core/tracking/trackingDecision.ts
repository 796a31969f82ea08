import type { ServerHolder } from '../stores/serverHolder.js';
import type { ReadOnlyReason } from '../stores/storeInfo.js';

/** The variable that MLflow's clients read the address from. */
export const TRACKING_URI_VARIABLE = 'MLFLOW_TRACKING_URI';

/** Who set the tracking URI of a folder's terminals before us. */
export type UriSource =
  | { readonly kind: 'environment' }
  | { readonly kind: 'envFile'; readonly path: string }
  /** The setting `terminal.integrated.env.<platform>`, or a terminal profile's own variables. */
  | { readonly kind: 'terminalSetting'; readonly setting: string }
  /** A task's own variables. VS Code puts those of extensions over them, so nothing may be injected beside. */
  | { readonly kind: 'tasks' };

/** A tracking URI that the person's own configuration sets; empty where it says "none". */
export interface ConfiguredUri {
  readonly uri: string;
  readonly source: UriSource;
}

/** How the store of a tracked folder stands. */
export type StoreStanding =
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'open';
      readonly uri: string;
      readonly readOnlyReason?: ReadOnlyReason;
      /** The server of another machine that writes to it. */
      readonly servedBy?: ServerHolder;
    };

export interface TrackingFacts {
  readonly trusted: boolean;
  /** Whether "Start tracking here" was chosen for the folder. */
  readonly tracked: boolean;
  /** The setting that allows the injection at all. */
  readonly injectionEnabled: boolean;
  readonly configured: ConfiguredUri | undefined;
  readonly store: StoreStanding;
}

/** Where the terminals of a folder log to, and why. Only `inject` changes anything. */
export type TrackingDecision =
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'off'; readonly configured: ConfiguredUri | undefined }
  | { readonly kind: 'configured'; readonly configured: ConfiguredUri }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'readOnly'; readonly reason: ReadOnlyReason; readonly servedBy?: ServerHolder }
  | { readonly kind: 'inject'; readonly uri: string };

/**
 * Decides whether terminals get our tracking URI. What the person configured always wins; a store that
 * cannot be written gets no runs; nothing happens without trust or without having been asked.
 */
export function decideTracking(facts: TrackingFacts): TrackingDecision {
  if (!facts.trusted) {
    return { kind: 'untrusted' };
  }
  if (!facts.tracked) {
    return { kind: 'off', configured: facts.configured };
  }
  if (facts.configured) {
    return { kind: 'configured', configured: facts.configured };
  }
  if (!facts.injectionEnabled) {
    return { kind: 'disabled' };
  }
  if (facts.store.kind !== 'open') {
    return facts.store;
  }
  if (facts.store.readOnlyReason) {
    const { readOnlyReason: reason, servedBy } = facts.store;
    return { kind: 'readOnly', reason, ...(servedBy && { servedBy }) };
  }
  return { kind: 'inject', uri: facts.store.uri };
}
