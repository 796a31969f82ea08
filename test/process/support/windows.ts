// What a window of VS Code does to have the server of a store, without VS Code.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { messageOf } from '../../../src/core/base/errors.js';
import { SILENT_LOGGER } from '../../../src/core/base/logger.js';
import { identify } from '../../../src/core/client/identify.js';
import { LocalServers, type LocalServersOptions } from '../../../src/host/servers/localServers.js';
import { stateFolderOf } from '../../../src/core/servers/stateFolder.js';
import { readServerState } from '../../../src/core/servers/serverState.js';
import { asJson } from '../../support/api.js';
import { SERVER_PROGRAM } from '../../support/builtServer.js';
import { testFolder } from './database.js';

/** The part of an extension that finds and starts servers. Those that it starts end with the test. */
export function extensionOf(
  storePath: string,
  options: Partial<LocalServersOptions> & { readonly version: string },
): LocalServers {
  endServerAfterTest(storePath);
  return new LocalServers({
    program: SERVER_PROGRAM,
    logger: SILENT_LOGGER,
    identify,
    backup: () => false,
    releaseFor: () => Promise.resolve(undefined),
    explain: (problem) => JSON.stringify(problem),
    onAddressLost: () => undefined,
    ...options,
  });
}

/** The problem that {@link extensionOf} fails with; nothing where it does not. */
export async function problemOf(failing: Promise<unknown>): Promise<unknown> {
  const message = await failing.then(
    () => '{}',
    (error: unknown) => messageOf(error),
  );
  return JSON.parse(message);
}

/** Ends whichever server has the store by then, by its own API: it was started to outlive whoever starts it. */
function endServerAfterTest(storePath: string): void {
  onTestFinished(async () => {
    const state = await readServerState(stateFolderOf(storePath));
    if (state !== undefined) {
      const uri = `http://${state.host}:${state.port}/${state.secret}/api/workbench/1.0/shutdown`;
      await fetch(uri, { ...asJson({}), signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    }
  });
}

/** A process that stands for a window: it finds the server once it is told to, and then follows its changes. */
export interface WindowProcess {
  readonly child: ChildProcess;
  /** Tells it to begin. */
  readonly begin: () => void;
  /** What it has found. */
  readonly found: Promise<{ readonly uri: string; readonly pid: number }>;
}

/** Builds the program of such processes; a function that starts one, which is ready to begin. */
export async function buildWindow(storePath: string): Promise<() => Promise<WindowProcess>> {
  endServerAfterTest(storePath);
  const outfile = join(testFolder(), 'window.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'windowProgram.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'error',
  });
  return async () => {
    const args = [outfile, storePath, SERVER_PROGRAM];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => String((await lines.next()).value);
    await line();
    return {
      child,
      begin: () => void child.stdin.write('go\n'),
      found: line().then((text) => JSON.parse(text) as { uri: string; pid: number }),
    };
  };
}
