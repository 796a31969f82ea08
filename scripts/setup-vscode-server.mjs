// Installs VS Code's server and web workbench from the npm package `code-server` into .cache/vscode-server:
// a real VS Code wherever npm works, for tests and for `npm start` without a desktop.
//
// Install scripts are left out: they would build native modules that only cost log lines when missing
// (spdlog, native-watchdog). node-pty, which the integrated terminal needs, ships prebuilt.
import './bootstrap.mjs';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain } from './lib/isMain.mjs';
import { root, vscodeServer } from './lib/paths.mjs';
import { npm } from './lib/run.mjs';

const source = join(root, 'scripts', 'vscode-server');
const vscode = join(vscodeServer, 'node_modules', 'code-server', 'lib', 'vscode');
/** VS Code's own server program (not code-server's command, which puts a login page in front). */
export const serverMain = join(vscode, 'out', 'server-main.js');

/** Installs the server unless the version that the lock file names is already there. Returns `serverMain`. */
export async function setupVscodeServer() {
  const lock = readFileSync(join(source, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(vscodeServer, 'installed.sha256');
  if (existsSync(serverMain) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return serverMain;

  console.log("Installing VS Code's server into .cache/vscode-server (about 600 MB, once) …");
  rmSync(vscodeServer, { recursive: true, force: true });
  mkdirSync(vscodeServer, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(source, file), join(vscodeServer, file));
  }
  const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['ci', ...options], { cwd: vscodeServer });
  // `npm ci` refuses VS Code's own shrinkwrap files, which lack a peer; `npm install` keeps to them otherwise.
  for (const cwd of [vscode, join(vscode, 'extensions')]) await npm(['install', ...options], { cwd });
  writeFileSync(stamp, wanted);
  return serverMain;
}

if (isMain(import.meta.url)) console.log(await setupVscodeServer());
