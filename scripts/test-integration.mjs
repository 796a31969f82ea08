// The integration tier: the mocha tests of test/integration, run inside a real VS Code's extension host.
//
// In a desktop VS Code where one can be downloaded and shown, else in VS Code's server with a headless browser.
// INTEGRATION_HOST=desktop or =server decides instead.
import './bootstrap.mjs';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from './lib/build.mjs';
import { downloadDesktop } from './lib/desktop.mjs';
import { results, root } from './lib/paths.mjs';
import { NEWEST, pythonOf } from './lib/python.mjs';
import { node } from './lib/run.mjs';

const out = join(root, 'out', 'test', 'integration');
const testsPath = join(out, 'index.cjs');
const resultsFile = join(results, 'integration.json');
/** Stands in for the Python debugger's extension. */
const debuggerExtension = join(root, 'test', 'fixtures', 'debugpyExtension');

await build();
await node([join(root, 'scripts', 'setup-python.mjs'), NEWEST]);
await bundleTests();
mkdirSync(results, { recursive: true });
rmSync(resultsFile, { force: true });

// The real path, because VS Code tells the tests that one.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mlflow-workbench-integration-')));
try {
  const session = newSession(folder);
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
  const files = ['index.ts', ...globSync('**/*.test.ts', { cwd: join(root, 'test', 'integration') })];
  await bundle({
    entryPoints: files.map((file) => ({
      in: join(root, 'test', 'integration', file),
      // One flat folder, so that index.cjs finds its tests beside it.
      out: file === 'index.ts' ? 'index' : basename(file.replaceAll(/[\\/]/g, '.'), '.ts'),
    })),
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

/** A workspace without tracking and an environment with nothing of ours or of a person's MLflow in it. */
function newSession(folder) {
  const workspace = join(folder, 'workspace');
  const home = join(folder, 'home');
  for (const each of [workspace, home]) mkdirSync(each);
  cpSync(join(root, 'samples', 'sklearn-iris', 'train.py'), join(workspace, 'train.py'));
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MLFLOW_|npm_)/i.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: home,
    INTEGRATION_RESULTS: resultsFile,
    INTEGRATION_PYTHON: pythonOf(NEWEST),
  };
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
    await resultsWithin(600_000);
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
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
