import { isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import { workspace, type WorkspaceFolder } from 'vscode';
import { findConfiguredUri } from '../../core/tracking/configuredUri.js';
import type { ConfiguredUri } from '../../core/tracking/trackingDecision.js';
import { readTextIfThere } from '../platform/files.js';

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';

/** The setting that gives terminals of this platform their variables. */
export const TERMINAL_SETTING = `terminal.integrated.env.${PLATFORM}`;
export const ENV_FILE_SETTING = 'python.envFile';

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

/** The tracking URI that the person's own configuration gives the terminals and scripts of a folder. */
export async function configuredUriOf(folder: WorkspaceFolder): Promise<ConfiguredUri | undefined> {
  const texts = await Promise.all(
    envFilesOf(folder).map(async (path) => ({ path, text: await readTextIfThere(path) })),
  );
  return findConfiguredUri({
    environment: process.env,
    terminalSetting: {
      name: TERMINAL_SETTING,
      value: workspace.getConfiguration(undefined, folder.uri).get(TERMINAL_SETTING),
    },
    envFiles: texts.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
  });
}
