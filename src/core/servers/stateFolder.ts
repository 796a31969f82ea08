import { homedir, hostname } from 'node:os';
import { join, sep } from 'node:path';
import { isRemoteFolder } from './remoteFolder.js';
import { storeKey } from './storePath.js';

/** Names the folder below which all state is kept, instead of the user's own folder for such things. */
export const STATE_HOME_VARIABLE = 'MLFLOW_WORKBENCH_STATE_HOME';

/**
 * Where the server of a store keeps its lock and its address. It is one place for everybody who may start a server,
 * so that whoever comes second finds the first.
 * @param storePath canonical path of the database
 */
export function stateFolderOf(
  storePath: string,
  env: NodeJS.ProcessEnv = process.env,
  isRemote: (folder: string) => boolean = isRemoteFolder,
): string {
  const home = notEmpty(env[STATE_HOME_VARIABLE]) ?? join(userStateFolder(env), 'mlflow-workbench');
  // A home that several machines share: an address is good on one of them only, and so is a path.
  const machine = isRemote(home) ? [hostname()] : [];
  return join(home, 'servers', ...machine, storeKey(storePath));
}

/** The folder that the system has for what programs keep of a user, from its environment. */
export function userStateFolder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (platform === 'win32') {
    return notEmpty(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local');
  }
  if (platform === 'darwin') {
    return join(home, 'Library', 'Application Support');
  }
  const given = notEmpty(env.XDG_STATE_HOME);
  return given === undefined || isOfSandbox(given, home) ? join(home, '.local', 'state') : given;
}

/** Whether a sandbox keeps the folder for one program alone: a terminal outside of it would look elsewhere. */
function isOfSandbox(folder: string, home: string): boolean {
  return [join(home, 'snap'), join(home, '.var', 'app')].some((own) => folder.startsWith(own + sep));
}

function notEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
