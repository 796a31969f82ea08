// `npm start`: builds the extension and opens it in VS Code on a sample workspace that has real runs in it.
//
// In the desktop VS Code that is installed, else in one that can be downloaded, else in VS Code's server in the
// browser. `--server` takes the last way at once, `--port N` chooses its port. Ctrl-C ends everything.
import './bootstrap.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { downloadDesktop, hasDisplay, installedDesktop } from './lib/desktop.mjs';
import { cache, root } from './lib/paths.mjs';
import { prepareSampleWorkspace } from './lib/sampleWorkspace.mjs';
import { findChromium } from './setup-chromium.mjs';
import { setupVscodeServer } from './setup-vscode-server.mjs';

const { values } = parseArgs({ options: { server: { type: 'boolean' }, port: { type: 'string' } } });

await build();
const { workspace, env } = await prepareSampleWorkspace();
const desktop = values.server ? undefined : (installedDesktop() ?? (await downloadDesktop()));
await (desktop ? openDesktop(desktop) : openServer());

/** Opens a window of its own, with its own settings, beside any VS Code that is already open. */
async function openDesktop(executable) {
  const dataDir = join(cache, 'vscode-desktop-data');
  const args = [
    workspace,
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${dataDir}`,
    '--disable-extensions',
  ];
  // `--verbose` keeps the `code` command, and with it Ctrl-C, tied to the window.
  const child = spawn(quoted(executable), ['--verbose', ...args].map(quoted), {
    env,
    stdio: 'ignore',
    shell: needsShell(executable),
  });
  console.log(`\nVS Code opens on ${workspace}. Close its window or press Ctrl-C to end.`);
  onStop(() => child.kill());
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 0));
  });
}

/** `code.cmd` can only be started by a shell, which needs quotes around what has spaces. */
function needsShell(executable) {
  return executable.endsWith('.cmd');
}

function quoted(text) {
  return needsShell(desktop) ? `"${text}"` : text;
}

async function openServer() {
  const { startVscodeServer } = await import('../test/support/vscodeServer.ts');
  const server = await startVscodeServer({
    serverMain: await setupVscodeServer(),
    home: join(cache, 'vscode-home'),
    env,
    extension: root,
    settings: { 'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  const address = server.address({ folder: workspace });
  console.log(`\nVS Code is ready in the browser:\n\n  ${address}\n\nPress Ctrl-C to end.`);
  const browser = hasDisplay() ? findChromium() : undefined;
  if (browser)
    spawn(browser, [address], { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
  await new Promise((resolve) => onStop(resolve));
  await server.stop();
}

function onStop(action) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, action);
}
