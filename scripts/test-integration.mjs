// The integration tier: the mocha tests of test/integration, run inside a real VS Code's extension host.
//
// In a desktop VS Code where one can be downloaded and shown, else in VS Code's server with a headless browser.
// INTEGRATION_HOST=desktop or =server decides instead. Arguments are parts of the names of the files to run.
// With `--live` it runs what test/bench/live measures, which is `npm run bench:live`.
import './bootstrap.mjs';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './lib/build.mjs';
import { downloadDesktop } from './lib/desktop.mjs';
import { results, root } from './lib/paths.mjs';
import { NEWEST, pythonOf, pythonWithMlflow } from './lib/python.mjs';
import { node } from './lib/run.mjs';

const { values: given, positionals: wanted } = parseArgs({
  options: { live: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const mode = given.live
  ? { name: 'live', tests: join('test', 'bench', 'live'), pattern: '*.bench.ts', limit: 1_200_000 }
  : { name: 'integration', tests: join('test', 'integration'), pattern: '**/*.test.ts', limit: 600_000 };
const out = join(root, 'out', 'test', mode.name);
const testsPath = join(out, 'index.cjs');
const resultsFile = join(results, `${mode.name}.json`);
/** What tests measured, in lines. */
const figuresFile = join(results, `${mode.name}-figures.txt`);
/** Stands in for the Python debugger's extension. */
const debuggerExtension = join(root, 'test', 'fixtures', 'debugpyExtension');

await build(given.live ? ['--production'] : []);
await node([join(root, 'scripts', 'setup-python.mjs'), NEWEST]);
await bundleTests();
mkdirSync(results, { recursive: true });
for (const file of [resultsFile, figuresFile]) rmSync(file, { force: true });

// The real path, because VS Code tells the tests that one.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mlflow-workbench-integration-')));
try {
  const session = await newSession(folder);
  const desktop = process.env.INTEGRATION_HOST === 'server' ? undefined : await downloadDesktop();
  if (!desktop && process.env.INTEGRATION_HOST === 'desktop')
    throw new Error('No desktop VS Code could be had.');
  await (desktop ? runInDesktop(desktop, session) : runInServer(session));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
report();

async function bundleTests() {
  rmSync(out, { recursive: true, force: true });
  const { build: bundle } = await import('esbuild');
  // Node 20, which may start this script, has none and would stop at a static import.
  const { globSync } = await import('node:fs');
  const tests = globSync(mode.pattern, { cwd: join(root, mode.tests) }).filter(isWanted);
  const programs = join(root, 'test', 'bench', 'live', 'programs');
  await bundle({
    entryPoints: [
      { in: join(root, 'test', 'integration', 'index.ts'), out: 'index' },
      // One flat folder, so that index.cjs finds its tests beside it.
      ...tests.map((file) => ({
        in: join(root, mode.tests, file),
        out: `${basename(file.replaceAll(/[\\/]/g, '.')).replace(/\.(test|bench)\.ts$/, '')}.test`,
      })),
      // What tests start as processes of their own.
      ...globSync('*.{ts,py}', { cwd: programs }).map((file) => ({
        in: join(programs, file),
        out: join('programs', basename(file, extname(file))),
      })),
    ],
    loader: { '.py': 'copy' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

function isWanted(file) {
  return wanted.length === 0 || wanted.some((part) => file.includes(part));
}

/** A workspace without tracking and an environment with nothing of ours or of a person's MLflow in it. */
async function newSession(folder) {
  const workspace = join(folder, 'workspace');
  const home = join(folder, 'home');
  for (const each of [workspace, home]) mkdirSync(each);
  cpSync(join(root, 'samples', 'sklearn-iris', 'train.py'), join(workspace, 'train.py'));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MLFLOW_|npm_)/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    INTEGRATION_RESULTS: resultsFile,
    INTEGRATION_FIGURES: figuresFile,
    MLFLOW_WORKBENCH_STATE_HOME: join(folder, 'state'),
    INTEGRATION_PYTHON: pythonOf(NEWEST),
  };
  if (given.live) env.PYTHON_WITH_MLFLOW = await pythonWithMlflow();
  return { folder, workspace, env };
}

async function runInDesktop(vscodeExecutablePath, { folder, workspace, env }) {
  const { runTests } = await import('@vscode/test-electron');
  console.log(`Running the integration tests in ${vscodeExecutablePath}`);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [root, debuggerExtension],
      extensionTestsPath: testsPath,
      extensionTestsEnv: env,
      launchArgs: [workspace, '--disable-workspace-trust', `--user-data-dir=${join(folder, 'data')}`],
    });
  } catch (error) {
    // A failed test is in the results; anything else means that there are none.
    if (!existsSync(resultsFile)) throw error;
  }
}

async function runInServer({ folder, workspace, env }) {
  const { setupVscodeServer } = await import('./setup-vscode-server.mjs');
  const { setupChromium } = await import('./setup-chromium.mjs');
  const { startVscodeServer } = await import('../test/support/vscodeServer.ts');
  const { launchBrowser } = await import('../test/support/browser.ts');
  const serverMain = await setupVscodeServer();
  const executable = await setupChromium();
  console.log("Running the integration tests in VS Code's server with a headless browser");
  const server = await startVscodeServer({
    serverMain,
    home: join(folder, 'vscode'),
    env,
    extension: debuggerExtension,
    smokeTestDriver: true,
  });
  const browser = await launchBrowser({ executable, profile: join(folder, 'profile') });
  try {
    const page = await browser.newPage();
    const tests = { extensionDevelopmentPath: root, extensionTestsPath: testsPath };
    await page.goto(server.address({ folder: workspace, tests }));
    await resultsWithin(mode.limit);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function resultsWithin(milliseconds) {
  const until = Date.now() + milliseconds;
  while (!existsSync(resultsFile)) {
    if (Date.now() > until) throw new Error(`The tests did not end within ${milliseconds / 1000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function report() {
  const { passed, failed, skipped, lines } = JSON.parse(readFileSync(resultsFile, 'utf8'));
  for (const line of lines) console.log(line);
  if (existsSync(figuresFile)) console.log(`\n${readFileSync(figuresFile, 'utf8')}`);
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
