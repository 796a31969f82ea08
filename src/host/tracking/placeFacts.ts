import { workspace, type WorkspaceFolder } from 'vscode';
import { join } from 'node:path';
import { type EnvFileFact, type PlaceFacts } from '../../core/tracking/places.js';
import { TRACKING_URI_VARIABLE, type TrackingDecision } from '../../core/tracking/trackingDecision.js';
import { holdsFileStore } from '../stores/fileStore.js';
import { configurationOf, type EnvFile, envFilesOf, terminalSettingOf } from './uriSources.js';

/** The setting of the Python extension by which terminals get the variables of its environment file. */
const USE_ENV_FILE = 'python.terminal.useEnvFile';

/** Gathers what decides on the tracking URI in each place of a folder. */
export async function placeFactsOf(
  folder: WorkspaceFolder,
  decision: TrackingDecision,
  release: string | undefined,
): Promise<PlaceFacts> {
  const root = folder.uri.fsPath;
  const { envFiles, storeUri } = await configurationOf(folder);
  const factOf = (path: string | undefined): EnvFileFact | undefined =>
    toFact(envFiles.find((file) => file.path === path));
  return {
    decision,
    environmentUri: process.env[TRACKING_URI_VARIABLE],
    terminalSetting: settingFact(folder),
    pythonEnvFile: factOf(envFilesOf(folder)[0]),
    dotEnv: factOf(join(root, '.env')),
    terminalsReadEnvFile: workspace.getConfiguration(undefined, folder.uri).get(USE_ENV_FILE) === true,
    release,
    holdsFileStore: await holdsFileStore(root),
    storeUri,
  };
}

function toFact(file: EnvFile | undefined): EnvFileFact | undefined {
  const uri = file?.reading.effective;
  return file && uri ? { path: file.path, uri, ours: file.reading.entry?.uri === uri } : undefined;
}

function settingFact(folder: WorkspaceFolder): PlaceFacts['terminalSetting'] {
  const { name, value } = terminalSettingOf(folder);
  if (typeof value !== 'object' || value === null || !(TRACKING_URI_VARIABLE in value)) {
    return undefined;
  }
  const uri = (value as Record<string, unknown>)[TRACKING_URI_VARIABLE];
  return { name, uri: typeof uri === 'string' ? uri : '' };
}
