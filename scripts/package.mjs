// `npm run package`: makes mlflow-workbench-<version>.vsix, looks at what is in it, installs it into a new VS Code
// server and sees that what was installed works there.
import './bootstrap.mjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { e2eEnvironment } from './lib/e2eEnvironment.mjs';
import { root } from './lib/paths.mjs';
import { runVitest } from './lib/vitest.mjs';
import { listZip } from './lib/zip.mjs';
import { setupVscodeServer } from './setup-vscode-server.mjs';

const LARGEST_BYTES = 3_000_000;
/** What has no place in the extension: native code, sources and what only development needs. */
const UNWANTED = [
  /\.(node|so|dll|dylib|exe|wasm|map|tsx?)$/,
  /^extension\/(src|webviews|test|scripts|out|node_modules|coverage)\//,
  /^extension\/\./,
];
const WANTED = ['extension/package.json', 'extension/dist/extension.cjs', 'extension/dist/server.cjs'];

const { name, version, publisher } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const vsix = join(root, `${name}-${version}.vsix`);

await build(['--production']);
await makeVsix();
checkContents();
await checkInstall();

async function makeVsix() {
  rmSync(vsix, { force: true });
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({ cwd: root, dependencies: false, allowMissingRepository: true, packagePath: vsix });
}

function checkContents() {
  const bytes = statSync(vsix).size;
  const entries = listZip(readFileSync(vsix));
  const unwanted = entries.filter((entry) => UNWANTED.some((pattern) => pattern.test(entry)));
  const missing = WANTED.filter((entry) => !entries.includes(entry));
  if (unwanted.length > 0) throw new Error(`The VSIX holds what it should not: ${unwanted.join(', ')}`);
  if (missing.length > 0) throw new Error(`The VSIX lacks ${missing.join(', ')}`);
  if (bytes > LARGEST_BYTES) throw new Error(`The VSIX has ${bytes} bytes; ${LARGEST_BYTES} is the limit.`);
  console.log(`${vsix}: ${entries.length} files, ${(bytes / 1e6).toFixed(2)} MB, no native code`);
}

async function checkInstall() {
  const serverMain = await setupVscodeServer();
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-package-'));
  const at = ['--server-data-dir', folder, '--extensions-dir', join(folder, 'extensions')];
  try {
    vscodeServerCommand(serverMain, [...at, '--install-extension', vsix]);
    const list = vscodeServerCommand(serverMain, [...at, '--list-extensions', '--show-versions']);
    const wanted = `${publisher}.${name}@${version}`;
    if (!list.split(/\r?\n/).includes(wanted))
      throw new Error(`${wanted} is not listed after its install:\n${list}`);
    console.log(`${wanted} is installed; trying it`);
    await tryIt(join(folder, 'extensions', `${publisher}.${name}-${version}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first steps of the e2e tests with the installed extension: it activates and its tracking server starts. */
async function tryIt(extension) {
  const env = { ...(await e2eEnvironment()), EXTENSION_FOLDER: extension };
  const args = ['test/e2e/firstRun.test.ts', '-t', 'a folder without tracking|switches tracking on'];
  const code = await runVitest('e2e', args, env, 'package');
  if (code !== 0) throw new Error('The installed extension does not work.');
}

/** What the server's command prints; its complaints about missing native modules are shown only if it fails. */
function vscodeServerCommand(serverMain, args) {
  return execFileSync(process.execPath, [serverMain, '--accept-server-license-terms', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
