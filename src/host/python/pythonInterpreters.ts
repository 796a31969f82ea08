import { delimiter, isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import { extensions, Uri } from 'vscode';
import type { Settings } from '../platform/settings.js';
import { isFile } from '../platform/files.js';

/** What of the Python extension's exported API is used here. */
interface PythonExtensionApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string } | undefined;
  };
}

/** How long the Python extension may take to say which environment is chosen. */
const PYTHON_EXTENSION_TIMEOUT_MS = 5_000;
const IN_ENVIRONMENT = process.platform === 'win32' ? ['Scripts/python.exe', 'python.exe'] : ['bin/python'];
const ON_PATH = process.platform === 'win32' ? ['python.exe'] : ['python', 'python3'];

/** Finds the Python that a person's scripts in a folder most likely run with. */
export class PythonInterpreters {
  constructor(private readonly settings: Settings) {}

  /** The interpreter's absolute path; undefined where there is no Python. */
  async find(folder: string): Promise<string | undefined> {
    const uri = Uri.file(folder);
    for (const look of [
      () => this.fromSetting(uri),
      () => fromPythonExtension(uri),
      () => fromFolders(['.venv', 'venv', '.conda', 'env'].map((name) => join(folder, name))),
      () => fromFolders([process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX]),
      () => firstFile(pathFolders().flatMap((each) => ON_PATH.map((name) => join(each, name)))),
    ]) {
      const interpreter = await look();
      if (interpreter !== undefined) {
        return interpreter;
      }
    }
    return undefined;
  }

  private async fromSetting(folder: Uri): Promise<string | undefined> {
    const given = this.settings
      .get('mlflowWorkbench.pythonPath', folder)
      .replaceAll('${workspaceFolder}', folder.fsPath)
      .replace(/^~(?=[\\/]|$)/, homedir());
    return isAbsolute(given) ? interpreterAt(given) : undefined;
  }
}

async function fromPythonExtension(folder: Uri): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtensionApi>('ms-python.python');
  if (!extension) {
    return undefined;
  }
  const api = await within(PYTHON_EXTENSION_TIMEOUT_MS, extension.activate());
  const path = api?.environments?.getActiveEnvironmentPath(folder)?.path;
  return path !== undefined && isAbsolute(path) ? interpreterAt(path) : undefined;
}

/** `path` where it is an interpreter, else the one in the environment at `path`. */
async function interpreterAt(path: string): Promise<string | undefined> {
  return (await isFile(path)) ? path : fromFolders([path]);
}

function fromFolders(folders: readonly (string | undefined)[]): Promise<string | undefined> {
  const known = folders.filter((folder) => folder !== undefined && folder !== '') as string[];
  return firstFile(known.flatMap((folder) => IN_ENVIRONMENT.map((name) => join(folder, name))));
}

/** Windows puts stand-ins that open its store on PATH; they are no Python. */
function pathFolders(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => isAbsolute(folder) && !folder.includes('WindowsApps'));
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isFile(path)) {
      return path;
    }
  }
  return undefined;
}

async function within<T>(milliseconds: number, work: Thenable<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
