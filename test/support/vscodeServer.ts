// Starts VS Code's own server on a free port of 127.0.0.1, with folders of its own, and opens pages on it.
// Only Node's built-ins are imported, so that scripts can import this file as it is.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface VscodeServerOptions {
  /** Path of `server-main.js`, as scripts/setup-vscode-server.mjs returns it. */
  readonly serverMain: string;
  /** Folder for everything that this server keeps: settings, state, extensions, its log. */
  readonly home: string;
  /** Environment of the server, and so of the extension host and the terminals. */
  readonly env?: NodeJS.ProcessEnv;
  readonly port?: number;
  /** Ask whether a folder is trusted, as VS Code does; else every folder is. */
  readonly askForTrust?: boolean;
  /** User settings to start with, unless an earlier start left some in `home`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Project folder of an extension that is used from there as if it were installed. */
  readonly extension?: string;
  /** Makes pages honour `extensionTestsPath`. VS Code shows no toasts then, so only tests inside it ask for this. */
  readonly smokeTestDriver?: boolean;
}

/** What a page is told through its address. */
export interface PageOptions {
  readonly folder: string;
  /** Extension in development and module whose `run()` its extension host calls; need `smokeTestDriver`. */
  readonly tests?: { readonly extensionDevelopmentPath: string; readonly extensionTestsPath: string };
}

export class VscodeServer {
  readonly port: number;
  private readonly child: ChildProcess;
  private readonly token: string;

  // Node strips types from this file when a script imports it, and parameter properties are more than types.
  constructor(port: number, token: string, child: ChildProcess) {
    this.port = port;
    this.token = token;
    this.child = child;
  }

  /** The address that opens `folder`. */
  address(page: PageOptions): string {
    const query = new URLSearchParams({ tkn: this.token, folder: uriPath(page.folder) });
    if (page.tests) {
      const remote = (path: string): string => `vscode-remote://127.0.0.1:${this.port}${uriPath(path)}`;
      const entries = Object.entries(page.tests).map(([name, path]) => [name, remote(path)]);
      query.set('payload', JSON.stringify([...entries, ['skipWelcome', 'true']]));
    }
    return `http://127.0.0.1:${this.port}/?${query.toString()}`;
  }

  /** Ends the server and every process that it started (extension hosts, terminals). */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    signalGroup(this.child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(this.child, 'SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Starts a server and resolves once it answers. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const port = options.port ?? (await freePort());
  const userData = join(options.home, 'data', 'User');
  mkdirSync(userData, { recursive: true });
  const settingsFile = join(userData, 'settings.json');
  if (!existsSync(settingsFile))
    writeFileSync(settingsFile, JSON.stringify(options.settings ?? {}, undefined, 2));
  const extensions = join(options.home, 'extensions');
  mkdirSync(extensions, { recursive: true });
  if (options.extension !== undefined) registerExtension(options.extension, extensions);
  const logFile = join(options.home, 'server.log');
  const log = createWriteStream(logFile);
  // Without a secret any page in any browser on this machine could reach the terminals.
  const token = randomBytes(16).toString('hex');
  const child = spawn(process.execPath, serverArguments(options, port, token), {
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const server = new VscodeServer(port, token, child);
  try {
    await untilItAnswers(port, child);
  } catch (error) {
    await server.stop();
    throw new Error(`VS Code's server did not start; see ${logFile}`, { cause: error });
  }
  return server;
}

function serverArguments(options: VscodeServerOptions, port: number, token: string): string[] {
  const given = [options.serverMain, '--host', '127.0.0.1', '--port', String(port)];
  given.push('--connection-token', token, '--accept-server-license-terms', '--telemetry-level', 'off');
  given.push('--server-data-dir', options.home, '--extensions-dir', join(options.home, 'extensions'));
  // Else a login shell's profile would replace the PATH that we were given.
  given.push('--force-disable-user-env');
  if (options.smokeTestDriver) given.push('--enable-smoke-test-driver');
  if (!options.askForTrust) given.push('--disable-workspace-trust');
  return given;
}

/** Writes VS Code's list of installed extensions with one entry, whose place is the project folder itself. */
function registerExtension(project: string, extensions: string): void {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, string>;
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, scheme: 'file', path: uriPath(project) },
    metadata: { source: 'vsix' },
  };
  writeFileSync(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`It ended with exit code ${child.exitCode}.`);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/version`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not answer within 60 seconds.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port.'));
      });
    });
  });
}

/** The server is the leader of its own process group (except on Windows), so its children end with it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

/** `C:\a` is `/c:/a` in a VS Code URI; elsewhere a path is one as it is. */
function uriPath(path: string): string {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}
