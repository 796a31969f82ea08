import { workspace, type WorkspaceFolder } from 'vscode';
import { join } from 'node:path';
import { settingUri } from '../../core/tracking/configuredUri.js';
import { type EnvFileFact, type PlaceFacts } from '../../core/tracking/places.js';
import { TRACKING_URI_VARIABLE, type TrackingDecision } from '../../core/tracking/trackingDecision.js';
import { holdsFileStore } from '../stores/fileStore.js';
import { configurationOf, type EnvFile, envFilesOf, settingVariablesOf } from './uriSources.js';

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
    taskUri: taskUri(folder),
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
  for (const { source, value } of settingVariablesOf(folder)) {
    const uri = settingUri(value);
    if (source.kind === 'terminalSetting' && uri !== undefined) {
      return { name: source.setting, uri };
    }
  }
  return undefined;
}

function taskUri(folder: WorkspaceFolder): string | undefined {
  const tasks = settingVariablesOf(folder).filter(({ source }) => source.kind === 'tasks');
  return tasks.map(({ value }) => settingUri(value)).find((uri) => uri !== undefined);
}
