// The real `mlflow server`, from the Python environment that the project's scripts make.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../support/temporaryFolder.js';

const START_SECONDS = 90;

export interface MlflowServer {
  readonly uri: string;
  /** Where its database and artifacts are. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** @param extra arguments of `mlflow server` */
export async function startMlflowServer(extra: readonly string[]): Promise<MlflowServer> {
  const folder = makeTemporaryFolder();
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const store = ['--backend-store-uri', `sqlite:///${join(folder.path, 'mlflow.db')}`];
  const child = spawn(
    python(),
    [...args, ...store, ...extra.map((text) => text.replace('<folder>', folder.path))],
    {
      cwd: folder.path,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        MLFLOW_DISABLE_TELEMETRY: 'true',
        DO_NOT_TRACK: 'true',
        MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      },
    },
  );
  let log = '';
  child.stderr.on('data', (text: Buffer) => (log += text.toString()));
  const uri = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await endGroup(child);
    folder.remove();
  };
  for (let tenths = 0; tenths < START_SECONDS * 10; tenths += 1) {
    if (await answers(`${uri}/health`)) {
      return { uri, folder: folder.path, stop };
    }
    if (child.exitCode !== null) {
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`mlflow server did not start:\n${log.slice(-2000)}`);
}

function python(): string {
  const path = process.env.PYTHON_WITH_MLFLOW;
  if (path === undefined) {
    throw new Error('PYTHON_WITH_MLFLOW is not set; run the tier by `npm run test:conformance`.');
  }
  return path;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The server has workers of its own. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.pid !== undefined) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGTERM');
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }
}
