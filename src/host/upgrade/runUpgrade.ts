import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '../../core/base/logger.js';

/** The last lines of what an upgrade said, for whoever is told that it failed. */
const KEPT_LINES = 20;

/** What the person's settings and VS Code's own process have no say in. */
const NOT_PASSED_ON = /^(VSCODE_|ELECTRON_|MLFLOW_|DATABRICKS_|NODE_OPTIONS$)/;

/**
 * Runs `mlflow db upgrade` of an interpreter on a database. What it says goes to the log.
 * @throws Error where it cannot be started or fails
 */
export async function runUpgrade(interpreter: string, path: string, logger: Logger): Promise<void> {
  // Isolated mode: neither a folder that Python starts in nor the person's variables add modules.
  const args = ['-I', '-m', 'mlflow', 'db', 'upgrade', sqliteUri(path)];
  logger.info([interpreter, ...args].join(' '));
  const child = spawn(interpreter, args, {
    cwd: dirname(path),
    env: upgradeEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const last: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      logger.info(`mlflow db upgrade: ${line}`);
      last.push(line);
      last.splice(0, last.length - KEPT_LINES);
    });
  }
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) {
    throw new Error(`mlflow db upgrade ended with ${code}: ${last.at(-1) ?? ''}`);
  }
}

/**
 * As MLflow and SQLAlchemy read it: everything behind the third slash is the path.
 * @throws Error where it would be read otherwise
 */
function sqliteUri(path: string): string {
  if (path.includes('?')) {
    throw new Error(`MLflow cannot open ${path}: what follows the ? is not taken for a part of the path.`);
  }
  return `sqlite:///${path}`;
}

function upgradeEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !NOT_PASSED_ON.test(name));
  return { ...Object.fromEntries(kept), MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' };
}
