import { isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import { workspace, type WorkspaceFolder } from 'vscode';
import { findConfiguredUri, type SettingVariables } from '../../core/tracking/configuredUri.js';
import { type EnvFileReading, readTrackingUris } from '../../core/tracking/envEntry.js';
import { sqliteUri } from '../../core/tracking/sqliteUri.js';
import type { ConfiguredUri } from '../../core/tracking/trackingDecision.js';
import { canonicalStorePath } from '../../core/servers/storePath.js';
import { STORE_FILE } from '../stores/workspaceStores.js';
import { readTextIfThere } from '../platform/files.js';

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';

/** The setting that gives terminals of this platform their variables. */
export const TERMINAL_SETTING = `terminal.integrated.env.${PLATFORM}`;
const PROFILES_SETTING = `terminal.integrated.profiles.${PLATFORM}`;
const ENV_FILE_SETTING = 'python.envFile';

/** Settings that may set a tracking URI. */
export const URI_SETTINGS = [TERMINAL_SETTING, PROFILES_SETTING, ENV_FILE_SETTING, 'tasks'] as const;

/** The environment files of a folder: the one that the Python extension reads, and `.env`. */
export function envFilesOf(folder: WorkspaceFolder): string[] {
  const root = folder.uri.fsPath;
  const given = workspace.getConfiguration(undefined, folder.uri).get<string>(ENV_FILE_SETTING) ?? '';
  const expanded = given
    .replaceAll('${workspaceFolder}', root)
    .replaceAll('${workspaceRoot}', root)
    .replace(/\$\{env:(\w+)\}/g, (_match, name: string) => process.env[name] ?? '')
    .replace(/^~(?=[\\/]|$)/, homedir());
  const files = expanded === '' ? [] : [isAbsolute(expanded) ? expanded : join(root, expanded)];
  return [...new Set([...files, join(root, '.env')])];
}

/** An environment file of a folder that exists. */
export interface EnvFile {
  readonly path: string;
  readonly text: string;
  readonly reading: EnvFileReading;
}

/** What a folder's own configuration says of the tracking URI. */
export interface FolderConfiguration {
  readonly configured: ConfiguredUri | undefined;
  /** The file that counts first comes first. */
  readonly envFiles: readonly EnvFile[];
  /** The folder's database as MLflow opens it without a server; undefined where its path rules that out. */
  readonly storeUri: string | undefined;
}

/** The tracking URI that the person's own configuration gives the terminals and scripts of a folder. */
export async function configurationOf(folder: WorkspaceFolder): Promise<FolderConfiguration> {
  const storeUri = await storeUriOf(folder);
  const envFiles = await readEnvFiles(envFilesOf(folder), storeUri);
  const configured = findConfiguredUri({
    environment: process.env,
    settings: settingVariablesOf(folder),
    envFiles,
    storeUri,
  });
  return { configured, envFiles, storeUri };
}

/** What VS Code's configuration sets for terminals and tasks of a folder, the one that counts first. */
export function settingVariablesOf(folder: WorkspaceFolder): SettingVariables[] {
  const configuration = workspace.getConfiguration(undefined, folder.uri);
  const profiles = Object.values(configuration.get<Record<string, unknown>>(PROFILES_SETTING) ?? {});
  const terminal = (setting: string) => ({ kind: 'terminalSetting', setting }) as const;
  return [
    { source: terminal(TERMINAL_SETTING), value: configuration.get(TERMINAL_SETTING) },
    ...profiles.map((profile) => ({ source: terminal(PROFILES_SETTING), value: property(profile, 'env') })),
    ...taskVariables(configuration.get('tasks')).map((value) => ({
      source: { kind: 'tasks' } as const,
      value,
    })),
  ];
}

/** The variables that a `tasks.json` sets: for all tasks or for one, on every platform or on this one. */
function taskVariables(tasks: unknown): unknown[] {
  const list: unknown = property(tasks, 'tasks');
  const all = [tasks, ...(Array.isArray(list) ? (list as unknown[]) : [])];
  return all.flatMap((task) =>
    [property(task, PLATFORM), task].map((each) => property(property(each, 'options'), 'env')),
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The database of a folder, whether it exists or not, as MLflow opens it without a server. */
export async function storeUriOf(folder: WorkspaceFolder): Promise<string | undefined> {
  return sqliteUri(await canonicalStorePath(join(folder.uri.fsPath, STORE_FILE)));
}

/** Reads those of the files that exist. */
export async function readEnvFiles(
  paths: readonly string[],
  storeUri: string | undefined,
): Promise<EnvFile[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const text = await readTextIfThere(path);
      return text === undefined ? [] : [{ path, text, reading: readTrackingUris(text, storeUri) }];
    }),
  );
  return files.flat();
}
