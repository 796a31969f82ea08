// Imported first by every script that a person or CI starts: `import './bootstrap.mjs';`
//
// It makes sure that node_modules agrees with package-lock.json and that the script runs on the Node of the
// npm package `node` (24), whatever started it. Only built-in modules may be imported statically beside it,
// because packages may not be installed yet when imports are resolved.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './lib/paths.mjs';
import { npm } from './lib/run.mjs';

const OLDEST = 20;
const bin = join(root, 'node_modules', '.bin');
const wanted = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`Node.js ${OLDEST} or newer is needed to start; this is ${process.version}.`);
  process.exit(1);
}
if (!inStep()) await npm(['ci', '--no-audit', '--no-fund']);
if (!process.env.PATH?.startsWith(bin)) process.env.PATH = [bin, process.env.PATH].join(delimiter);
if (!sameFile(process.execPath, wanted)) await restart();

/**
 * Whether every package of the lock file is installed at its version. npm leaves `.package-lock.json` in
 * node_modules as its own account of what it installed; optional packages of other platforms are not in it.
 */
function inStep() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const locked = readPackages(join(root, 'package-lock.json'));
  if (!installed || !locked || !existsSync(wanted)) return false;
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function sameFile(one, other) {
  return realpathSync(one) === realpathSync(other);
}

/** Starts the same script again on the wanted Node and ends with its exit code; never returns. */
async function restart() {
  const child = spawn(wanted, process.argv.slice(1), { stdio: 'inherit' });
  // The child gets Ctrl-C from the terminal as we do: it decides when to end, and we follow.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  await new Promise(() => {});
}
