// Starting other programs from scripts, the same way on every platform.
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program with our stdin, stdout and stderr and resolves with its exit code (1 if a signal ended it).
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runForCode(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Like `runForCode`, but throws when the program fails. */
export async function run(command, args, options = {}) {
  const code = await runForCode(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}`);
}

/** Runs npm with the Node that runs us; inside an npm script npm tells where it is itself. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath ?? '';
  if (/npm-cli\.[cm]?js$/.test(cli)) return run(process.execPath, [cli, ...args], options);
  // npm is a .cmd file on Windows, which only a shell starts.
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** Runs a script of this folder, or of node_modules, with the Node that runs us. */
export function node(args, options = {}) {
  return run(process.execPath, args, options);
}
