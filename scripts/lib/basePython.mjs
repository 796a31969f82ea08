// The Python that virtual environments are made from, and uv where it is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** Newest first that all tested releases of MLflow run on: 2.9 has no packages for Python 3.12. */
const VERSIONS = ['3.11', '3.10'];

/**
 * A command that starts a Python of 3.10 or 3.11; on Debian and Ubuntu as root it is installed where it is missing.
 * @param {boolean} uv whether uv makes the virtual environment, which needs no module of Python's for that
 * @returns {Promise<string>}
 */
export async function findBasePython(uv) {
  const modules = uv ? 'sys' : 'ensurepip, sys, venv';
  const isUsable = (command) => VERSIONS.includes(versionOf(command, modules));
  const found = candidates().find(isUsable);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    const packages = ['python3', 'python3-venv'];
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env });
    const installed = candidates().find(isUsable);
    if (installed) return installed;
  }
  throw new Error(
    `No Python ${VERSIONS.join(' or ')} with the modules venv and ensurepip was found. Install one (on Debian: ` +
      'sudo apt-get install python3 python3-venv) or name one in the environment variable PYTHON_PATH.',
  );
}

function candidates() {
  if (process.env.PYTHON_PATH) return [process.env.PYTHON_PATH];
  const commands = [...VERSIONS.map((version) => `python${version}`), 'python3', 'python'];
  // A version manager's command may be first on PATH and start nothing, or a Python that does not suit.
  return [...commands, ...VERSIONS.map((version) => `/usr/bin/python${version}`), '/usr/bin/python3'];
}

/** Such as `3.11`; undefined where the command starts no Python or that lacks a module. */
function versionOf(command, modules) {
  const program = `import ${modules}; print("%d.%d" % sys.version_info[:2])`;
  const { status, stdout } = spawnSync(command, ['-c', program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Whether uv can be started, which installs packages several times faster than pip. */
export function hasUv() {
  return spawnSync('uv', ['--version']).status === 0;
}
