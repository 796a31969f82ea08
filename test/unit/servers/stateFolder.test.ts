import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  STATE_HOME_VARIABLE,
  stateFolderOf,
  userStateFolder,
} from '../../../src/core/servers/stateFolder.js';
import { canonicalStorePath, storeKey } from '../../../src/core/servers/storePath.js';

const HOME = join('/home', 'somebody');
const STORE = join('/project', 'mlflow.db');
const local = (): boolean => false;
const remote = (): boolean => true;

describe('the folder for what is kept of a user', () => {
  it.each([
    ['linux', {}, join(HOME, '.local', 'state')],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state'],
    ['linux', { XDG_STATE_HOME: '' }, join(HOME, '.local', 'state')],
    // A sandbox's own folder is seen by one program alone.
    [
      'linux',
      { XDG_STATE_HOME: join(HOME, '.var', 'app', 'code', '.local', 'state') },
      join(HOME, '.local', 'state'),
    ],
    ['linux', { XDG_STATE_HOME: join(HOME, 'snap', 'code', '170', 'state') }, join(HOME, '.local', 'state')],
    ['darwin', { XDG_STATE_HOME: '/state' }, join(HOME, 'Library', 'Application Support')],
    ['win32', { LOCALAPPDATA: '/local' }, '/local'],
    ['win32', {}, join(HOME, 'AppData', 'Local')],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(userStateFolder(env, platform, HOME)).toBe(folder);
  });
});

describe('the state folder of a store', () => {
  it('is below the user’s own folder, by the store’s path', () => {
    const folder = stateFolderOf(STORE, {}, local);
    expect(folder).toBe(join(userStateFolder({}), 'mlflow-workbench', 'servers', storeKey(STORE)));
    expect(folder.startsWith(homedir())).toBe(true);
    expect(stateFolderOf(`${STORE}2`, {}, local)).not.toBe(folder);
  });

  it('is below the folder that the environment names', () => {
    const env = { [STATE_HOME_VARIABLE]: '/elsewhere' };
    expect(stateFolderOf(STORE, env, local)).toBe(join('/elsewhere', 'servers', storeKey(STORE)));
  });

  it('is one for each machine where several share the home', () => {
    const env = { [STATE_HOME_VARIABLE]: '/elsewhere' };
    expect(stateFolderOf(STORE, env, remote)).toBe(
      join('/elsewhere', 'servers', hostname(), storeKey(STORE)),
    );
  });
});

describe('the path of a store', () => {
  it('is the same by whichever way one comes, also before there is anything', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'store-path-')));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    for (const below of ['mlflow.db', join('not', 'made', 'yet', 'mlflow.db')]) {
      expect(await canonicalStorePath(join(folder, 'link', below))).toBe(join(folder, 'real', below));
    }
  });
});
