import { delimiter, isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';
import { extensions, Uri } from 'vscode';
import type { Settings } from '../platform/settings.js';
import { isFile } from '../platform/files.js';

/** What of the Python extension's exported API is used here. */
interface PythonExtensionApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string } | undefined;
    readonly known?: readonly { readonly path: string }[];
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
    for (const look of this.places(folder)) {
      const interpreter = await look();
      if (interpreter !== undefined) {
        return interpreter;
      }
    }
    return undefined;
  }

  /** Every interpreter that a person may mean, the one that {@link find} finds first. */
  async all(folder: string): Promise<string[]> {
    const found = await Promise.all(this.places(folder).map((look) => look()));
    const others = await othersOfPythonExtension();
    return [...new Set([...found, ...others].filter((each) => each !== undefined))];
  }

  private places(folder: string): readonly (() => Promise<string | undefined>)[] {
    const uri = Uri.file(folder);
    const named = ['.venv', 'venv', '.conda', 'env'].map((name) => join(folder, name));
    return [
      () => this.fromSetting(uri),
      () => fromPythonExtension(uri),
      ...named.map((each) => () => fromFolders([each])),
      () => fromFolders([process.env.VIRTUAL_ENV]),
      () => fromFolders([process.env.CONDA_PREFIX]),
      () => firstFile(pathFolders().flatMap((each) => ON_PATH.map((name) => join(each, name)))),
    ];
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
  const path = (await pythonExtension())?.environments?.getActiveEnvironmentPath(folder)?.path;
  return path !== undefined && isAbsolute(path) ? interpreterAt(path) : undefined;
}

/** Those that the Python extension knows, whether they are chosen or not. */
async function othersOfPythonExtension(): Promise<(string | undefined)[]> {
  const known = (await pythonExtension())?.environments?.known ?? [];
  return Promise.all(known.filter(({ path }) => isAbsolute(path)).map(({ path }) => interpreterAt(path)));
}

async function pythonExtension(): Promise<PythonExtensionApi | undefined> {
  const extension = extensions.getExtension<PythonExtensionApi>('ms-python.python');
  return extension && within(PYTHON_EXTENSION_TIMEOUT_MS, extension.activate());
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
