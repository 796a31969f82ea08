import { readTrackingUris } from './envEntry.js';
import { type ConfiguredUri, TRACKING_URI_VARIABLE, type UriSource } from './trackingDecision.js';

/** Where a tracking URI may be set for the terminals of a folder. */
export interface UriSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What VS Code's own configuration sets for terminals and tasks, the one that counts first. */
  readonly settings: readonly SettingVariables[];
  /** The text of each environment file that exists, the one that counts first. */
  readonly envFiles: readonly { readonly path: string; readonly text: string }[];
  /** What an entry of ours in such a file may name beside our server: it is ours, and so not configured. */
  readonly storeUri: string | undefined;
}

/** Variables by name, as a setting has them; `null` removes one. */
export interface SettingVariables {
  readonly source: UriSource;
  readonly value: unknown;
}

/**
 * The tracking URI that the person's own configuration sets, and where. The terminal's setting comes before
 * the environment because VS Code lets it replace that; a script's own `.env` comes last because
 * python-dotenv leaves a variable that is already there.
 */
export function findConfiguredUri(sources: UriSources): ConfiguredUri | undefined {
  for (const { source, value } of sources.settings) {
    const uri = settingUri(value);
    if (uri !== undefined) {
      return { uri, source };
    }
  }
  const environment = sources.environment[TRACKING_URI_VARIABLE];
  if (environment) {
    return { uri: environment, source: { kind: 'environment' } };
  }
  for (const { path, text } of sources.envFiles) {
    const uri = readTrackingUris(text, sources.storeUri).theirs;
    if (uri) {
      return { uri, source: { kind: 'envFile', path } };
    }
  }
  return undefined;
}

/** What variables of a setting say; empty where they remove it; undefined where they do not speak of it. */
export function settingUri(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(TRACKING_URI_VARIABLE in value)) {
    return undefined;
  }
  const uri: unknown = (value as Record<string, unknown>)[TRACKING_URI_VARIABLE];
  return typeof uri === 'string' ? uri : '';
}
