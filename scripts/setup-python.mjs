// Virtual environments with the releases of MLflow that the tests use, in .cache/python/<release>:
// node scripts/setup-python.mjs [release …]   (all of them without an argument)
//
// Only built-in modules, so that it runs before any package is installed.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBasePython, hasUv } from './lib/basePython.mjs';
import { exclusively } from './lib/exclusively.mjs';
import { environmentOf, NEWEST, NEWEST_OF_2, OLDEST, pythonOf } from './lib/python.mjs';
import { run, runForCode } from './lib/run.mjs';

/** With these the tests start scripts as VS Code's Python and Jupyter extensions do. */
const STARTERS = ['debugpy', 'ipykernel', 'jupyter-client', 'pytest'];

/** With these the tests log and load models in that format. */
const ONNX = ['onnx', 'onnxruntime'];

/** What each environment has. The newest one runs the tests; the others make and read databases of their time. */
const REQUIREMENTS = {
  [NEWEST]: [`mlflow==${NEWEST}`, 'scikit-learn', ...ONNX, ...STARTERS],
  // They do not say so, but SQLAlchemy 2.1 lacks what they import.
  '3.7.0': ['mlflow==3.7.0', 'sqlalchemy<2.1'],
  '3.1.4': ['mlflow==3.1.4', 'sqlalchemy<2.1', 'setuptools<80'],
  [NEWEST_OF_2]: [`mlflow==${NEWEST_OF_2}`, 'sqlalchemy<2.1', 'setuptools<80', ...ONNX, ...STARTERS],
  // Its import needs pkg_resources, which newer setuptools have not.
  [OLDEST]: [`mlflow==${OLDEST}`, 'sqlalchemy<2.1', 'setuptools<80'],
};

/**
 * The parts of the newest release that an index may not have yet, while it has `mlflow` itself. The parts of the
 * release before do, apart from a warning about the mismatch.
 */
const WITHOUT_PARTS = {
  [NEWEST]: { base: 'mlflow==3.17.2', onTop: `mlflow==${NEWEST}` },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((release) => !(release in REQUIREMENTS));
if (unknown.length > 0) {
  const known = Object.keys(REQUIREMENTS).join(', ');
  console.error(`There is no environment for ${unknown.join(', ')}; there are ${known}.`);
  process.exit(2);
}
for (const release of wanted.length > 0 ? wanted : Object.keys(REQUIREMENTS)) {
  // Test tiers that run beside each other want the same environments.
  await exclusively(`${environmentOf(release)}.lock`, () => setUp(release));
}

async function setUp(release) {
  const folder = environmentOf(release);
  const stamp = join(folder, 'installed.sha256');
  const content = JSON.stringify([REQUIREMENTS[release], WITHOUT_PARTS[release] ?? null]);
  const hash = createHash('sha256').update(content).digest('hex');
  if (existsSync(pythonOf(release)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (isLinked(folder)) {
    console.warn(
      `${folder} is another checkout's and has other packages than this one lists: it is used as it is.`,
    );
    return;
  }

  console.log(`Installing MLflow ${release} into ${folder} (once) …`);
  const started = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const uv = hasUv();
  const base = await findBasePython(uv);
  if (uv) await run('uv', ['venv', '--quiet', '--python', base, folder]);
  else await run(base, ['-m', 'venv', folder]);
  await installPackages(release, installer(uv, pythonOf(release)));
  writeFileSync(stamp, hash);
  console.log(`MLflow ${release} is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** Whether an environment is shared with another checkout, which may be using it just now. */
function isLinked(folder) {
  return [folder, dirname(folder)].some((each) =>
    lstatSync(each, { throwIfNoEntry: false })?.isSymbolicLink(),
  );
}

/** A function that installs requirements into the environment of that Python and resolves with the exit code. */
function installer(uv, python) {
  if (uv) return (args) => runForCode('uv', ['pip', 'install', '--quiet', '--python', python, ...args]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  // A Python whose environment is broken is the machine's own one, which is not to get anything.
  const env = { ...process.env, PIP_REQUIRE_VIRTUALENV: '1' };
  return (args) => runForCode(python, [...pip, ...args], { env });
}

async function installPackages(release, install) {
  const requirements = REQUIREMENTS[release];
  if ((await install(requirements)) === 0) return;
  const otherwise = WITHOUT_PARTS[release];
  if (!otherwise) throw new Error(`${requirements.join(' ')} could not be installed.`);
  console.log(
    `The package index has not all parts of MLflow ${release}; installing it on those of ${otherwise.base} …`,
  );
  const [, ...others] = requirements;
  const failed =
    (await install([otherwise.base, ...others])) || (await install(['--no-deps', otherwise.onTop]));
  if (failed) throw new Error(`${otherwise.onTop} could not be installed.`);
}
