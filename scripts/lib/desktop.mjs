// Desktop VS Code: the one that is installed, or one that @vscode/test-electron downloads.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cache } from './paths.mjs';

/** Whether a window can be shown here; only Linux machines are without a screen as a rule. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The path of the `code` command, or undefined where it is not on PATH or no window can be shown. */
export function installedDesktop() {
  if (!hasDisplay()) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(canRun);
}

/** Downloads VS Code once; resolves with its executable, or undefined where it cannot be had or shown. */
export async function downloadDesktop() {
  if (!hasDisplay()) return undefined;
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(cache, 'vscode-desktop'), timeout: 10_000 });
  } catch (error) {
    console.log(`VS Code could not be downloaded (${error.message}).`);
    return undefined;
  }
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
