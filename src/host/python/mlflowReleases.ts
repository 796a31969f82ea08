import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { workspace } from 'vscode';
import type { Logger } from '../../core/base/logger.js';
import { isRelease } from '../../core/python/distInfo.js';
import {
  hasOnlySkinnyMlflow,
  installedMlflowRelease,
  isIsolatedEnvironment,
} from '../../core/python/installedRelease.js';
import type { PythonInterpreters } from './pythonInterpreters.js';

/** Isolated mode: neither the folder that Python starts in nor the person's variables add modules. */
const ASK_VERSION = ['-I', '-c', 'import importlib.metadata as m; print(m.version("mlflow"))'];
const ASK_TIMEOUT_MS = 5_000;
const run = promisify(execFile);

/** What is known of the Python of a folder. */
export interface PythonFacts {
  /** The interpreter's absolute path. */
  readonly interpreter?: string;
  /** The release of `mlflow` that it has. */
  readonly mlflow?: string;
  /** Whether that is `mlflow-skinny` alone. */
  readonly skinny?: boolean;
}

/** An interpreter with an `mlflow`. */
export interface InstalledMlflow {
  /** Its absolute path. */
  readonly interpreter: string;
  readonly release: string;
  /** Whether it is `mlflow-skinny` alone, which opens no database. */
  readonly isSkinny: boolean;
}

/** Finds out which `mlflow` a person's scripts run with, without running Python where that can be helped. */
export class MlflowReleases {
  constructor(
    private readonly interpreters: PythonInterpreters,
    private readonly logger: Logger,
  ) {}

  async factsOf(folder: string): Promise<PythonFacts> {
    const interpreter = await this.interpreters.find(folder);
    if (interpreter === undefined) {
      this.logger.debug(`No Python found for ${folder}`);
      return {};
    }
    const mlflow = await this.releaseOf(interpreter);
    this.logger.info(`${interpreter} has ${mlflow === undefined ? 'no mlflow' : `mlflow ${mlflow}`}`);
    return mlflow === undefined
      ? { interpreter }
      : { interpreter, mlflow, skinny: await hasOnlySkinnyMlflow(interpreter) };
  }

  /** Every interpreter of a folder that has `mlflow`, the one that scripts run with first. */
  async allOf(folder: string): Promise<readonly InstalledMlflow[]> {
    const found = await Promise.all(
      (await this.interpreters.all(folder)).map(async (interpreter) => {
        const release = await this.releaseOf(interpreter);
        const isSkinny = await hasOnlySkinnyMlflow(interpreter);
        return release === undefined ? [] : [{ interpreter, release, isSkinny }];
      }),
    );
    return found.flat();
  }

  private async releaseOf(interpreter: string): Promise<string | undefined> {
    const release = await installedMlflowRelease(interpreter);
    if (release !== undefined || (await isIsolatedEnvironment(interpreter)) || !workspace.isTrusted) {
      return release;
    }
    return askPython(interpreter);
  }
}

/** Runs Python to ask for the release; nothing where it has no `mlflow` or does not answer in time. */
async function askPython(interpreter: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(interpreter, ASK_VERSION, { timeout: ASK_TIMEOUT_MS, windowsHide: true });
    const release = stdout.trim();
    return isRelease(release) ? release : undefined;
  } catch {
    return undefined;
  }
}
