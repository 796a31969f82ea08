// One VS Code of its own for one test file: server, browser, workspace, home and extensions are all new.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../support/browser.js';
import { startVscodeServer, type VscodeServer } from '../../support/vscodeServer.js';
import { Workbench } from './workbench.js';

const projectRoot = join(import.meta.dirname, '..', '..', '..');

export interface SessionOptions {
  /** Folder that is copied into the new workspace; else the workspace is empty. */
  readonly files?: string;
  /** Whether `python` in a terminal is one that has `mlflow` and scikit-learn; or the path of the one that it is. */
  readonly python?: boolean | string;
  /** Added to the environment of the extension host and the terminals; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly askForTrust?: boolean;
  /** Folder of the extension; else the project's own, or the one that the environment names. */
  readonly extension?: string;
}

/** Settings that keep the workbench still and to the point: no chat, no tips, a terminal whose text can be read. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'terminal.integrated.gpuAcceleration': 'off',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.colorTheme': 'Default Dark Modern',
  // Else some editors are dialogs over everything else.
  'workbench.editor.useModal': 'off',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface Session extends AsyncDisposable {
  readonly workbench: Workbench;
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** HOME of everything that VS Code starts. */
  readonly home: string;
  /** Where the servers of stores keep their state. */
  readonly state: string;
  /** Makes an empty folder beside the workspace. */
  newFolder(name: string): string;
  /** Opens another folder in the window. */
  openFolder(folder: string): Promise<void>;
  /** Opens a second window on the workspace. */
  openWindow(): Promise<Workbench>;
  /** Ends VS Code with all of its windows. */
  endVscode(): Promise<void>;
}

/** Starts VS Code on a new workspace with the built extension and resolves when the workbench is ready. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mlflow-workbench-e2e-')));
  const workspace = join(folder, 'workspace');
  const home = join(folder, 'home');
  for (const each of [workspace, home]) mkdirSync(each);
  if (options.files !== undefined) cpSync(options.files, workspace, { recursive: true });

  let server: VscodeServer | undefined;
  let browser: BrowserContext | undefined;
  const stop = async (): Promise<void> => {
    await browser?.close();
    await server?.stop();
    endProcessesOf(home);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    server = await startVscodeServer({
      serverMain: provided('VSCODE_SERVER_MAIN'),
      home: join(folder, 'vscode'),
      env: sessionEnvironment(home, options),
      settings: { ...quietSettings, ...options.settings },
      extension: options.extension ?? process.env.EXTENSION_FOLDER ?? projectRoot,
      ...(options.askForTrust === undefined ? {} : { askForTrust: options.askForTrust }),
    });
    const executable = provided('CHROMIUM_PATH');
    browser = await launchBrowser({ executable, profile: join(folder, 'profile') });
    const page = browser.pages()[0] ?? (await browser.newPage());
    const workbench = new Workbench(page);
    const addressOf = server.address.bind(server);
    const openPage = browser.newPage.bind(browser);
    await show(workbench, addressOf({ folder: workspace }));
    return {
      workbench,
      workspace,
      home,
      state: stateOf(home),
      newFolder: (name) => {
        mkdirSync(join(folder, name));
        return join(folder, name);
      },
      openFolder: (other) => show(workbench, addressOf({ folder: other })),
      openWindow: async () => {
        const second = new Workbench(await openPage());
        await show(second, addressOf({ folder: workspace }));
        return second;
      },
      endVscode: server.stop.bind(server),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function show(workbench: Workbench, address: string): Promise<void> {
  await workbench.page.goto(address);
  await workbench.ready();
}

/** Paths that scripts/test-e2e.mjs finds or installs before it starts the tests. */
function provided(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with "npm run test:e2e".`);
  return value;
}

function stateOf(home: string): string {
  return join(home, 'state');
}

/** The environment that a person's VS Code would have: nothing of the test runner, nothing that names MLflow. */
function sessionEnvironment(home: string, options: SessionOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(MLFLOW_|VITEST|NODE_|npm_)/i.test(name),
  );
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  if (options.python) path.unshift(dirname(options.python === true ? pythonWithMlflow() : options.python));
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(inherited),
    DO_NOT_TRACK: 'true',
    HOME: home,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_WORKBENCH_STATE_HOME: stateOf(home),
    PATH: path.join(delimiter),
    SHELL: '/bin/bash',
  };
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) Reflect.deleteProperty(env, name);
    else env[name] = value;
  }
  return env;
}

/** Path of a Python that has `mlflow` and scikit-learn. */
export function pythonWithMlflow(): string {
  return provided('PYTHON_WITH_MLFLOW');
}

/** Path of a Python that has the newest `mlflow` 2 that the tests know. */
export function pythonWithMlflow2(): string {
  return provided('PYTHON_WITH_MLFLOW_2');
}

/** Path of a Python that has an `mlflow` of the oldest release that the tests know. */
export function pythonWithOldMlflow(): string {
  return provided('PYTHON_WITH_OLD_MLFLOW');
}

/**
 * Ends what outlives VS Code on purpose (the tracking server keeps going for a while): every process whose HOME
 * is this session's. Only Linux tells; elsewhere such a process ends by itself.
 */
function endProcessesOf(home: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (environment.includes(`HOME=${home}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Ended meanwhile, or not ours to read.
    }
  }
}
