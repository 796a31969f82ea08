// Finds a browser of the Chromium family for the tests that drive VS Code in the browser; on Debian and Ubuntu as
// root it installs one. `CHROMIUM_PATH` names a browser of your own.
import './bootstrap.mjs';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isMain } from './lib/isMain.mjs';
import { run } from './lib/run.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
];

/** Whole paths of the usual places where a browser is not on PATH. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return ['/snap/bin/chromium'];
  const roots = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
  const below = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
  return roots.filter(Boolean).flatMap((folder) => below.map((path) => join(folder, path)));
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of an installed browser, or undefined. */
export function findChromium() {
  const own = process.env.CHROMIUM_PATH;
  if (own) {
    if (!canRun(own)) throw new Error(`CHROMIUM_PATH names ${own}, which cannot be started.`);
    return own;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces()].find(canRun);
}

/** Finds a browser, or installs Debian's Chromium where that needs no password. Returns its path. */
export async function setupChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && canRun('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    await run(
      'apt-get',
      ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
      { env },
    );
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one (on Debian: sudo apt-get install chromium) or name one in ' +
      'the environment variable CHROMIUM_PATH.',
  );
}

if (isMain(import.meta.url)) console.log(await setupChromium());
