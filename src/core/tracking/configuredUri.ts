import { readTrackingUris } from './envEntry.js';
import { type ConfiguredUri, TRACKING_URI_VARIABLE } from './trackingDecision.js';

/** Where a tracking URI may be set for the terminals of a folder. */
export interface UriSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The setting's name and value: variables by name, `null` removes one. */
  readonly terminalSetting: { readonly name: string; readonly value: unknown };
  /** The text of each environment file that exists, the one that counts first. */
  readonly envFiles: readonly { readonly path: string; readonly text: string }[];
  /** What an entry of ours in such a file may name beside our server: it is ours, and so not configured. */
  readonly storeUri: string | undefined;
}

/**
 * The tracking URI that the person's own configuration sets, and where. The terminal's setting comes before
 * the environment because VS Code lets it replace that; a script's own `.env` comes last because
 * python-dotenv leaves a variable that is already there.
 */
export function findConfiguredUri(sources: UriSources): ConfiguredUri | undefined {
  const setting = terminalSettingValue(sources.terminalSetting.value);
  if (setting !== undefined) {
    return { uri: setting, source: { kind: 'terminalSetting', setting: sources.terminalSetting.name } };
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

/** The setting's text; empty where it removes the variable; undefined where it does not speak of it. */
function terminalSettingValue(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !(TRACKING_URI_VARIABLE in value)) {
    return undefined;
  }
  const uri: unknown = (value as Record<string, unknown>)[TRACKING_URI_VARIABLE];
  return typeof uri === 'string' ? uri : '';
}
