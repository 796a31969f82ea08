// How long a tracking server lives, and who else may have the store.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stateFolderOf } from '../../src/core/servers/stateFolder.js';
import { createRun } from '../support/api.js';
import { type BuiltServer, startBuiltServer } from '../support/builtServer.js';
import { keepPictureOfFailure } from './support/failures.js';
import { isRunning, onlyServer, serverStates } from './support/serverStates.js';
import { type Session, startSession } from './support/session.js';

const IDLE_SECONDS = 5;

let session: Session;

beforeEach(async () => {
  session = await startSession({ env: { MLFLOW_WORKBENCH_IDLE_SECONDS: String(IDLE_SECONDS) } });
  await session.workbench.openViewContainer('MLflow');
});

keepPictureOfFailure('serverLife', () => session.workbench);

afterEach(() => session[Symbol.asyncDispose]());

async function startTracking(): Promise<number> {
  const { workbench, state } = session;
  await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
  await workbench.statusEntry('MLflow: mlflow.db').waitFor();
  return onlyServer(state).pid;
}

describe('the server of a window', () => {
  test('ends by itself when the last window is closed', async () => {
    const pid = await startTracking();
    const second = await session.openWindow();
    await second.statusEntry('MLflow: mlflow.db').waitFor();
    await session.workbench.page.close();
    await second.page.waitForTimeout((IDLE_SECONDS + 5) * 1000);
    expect(isRunning(pid)).toBe(true);
    await second.page.close();
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false);
  });

  test('outlives VS Code for a while, so that a restart finds it, and ends then', async () => {
    const pid = await startTracking();
    await session.endVscode();
    expect(isRunning(pid)).toBe(true);
    await expect.poll(() => isRunning(pid), { timeout: 60_000 }).toBe(false);
  });
});

/** A server that somebody starts by hand for the workspace's store, on a machine of this name. */
async function serverByHand(hostName: string, stateFolder: string): Promise<BuiltServer> {
  const storePath = join(session.workspace, 'mlflow.db');
  return startBuiltServer({ storePath, stateFolder, args: ['--shared', '--host-name', hostName] });
}

describe('a server that was started by hand', () => {
  test('is used; while another machine writes, it says so, and then takes over', async () => {
    const { workbench, workspace, state, home } = session;
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    const alpha = await serverByHand('alpha', elsewhere);
    await createRun(alpha.uri);
    const env = { MLFLOW_WORKBENCH_STATE_HOME: state };
    const beta = await serverByHand('beta', stateFolderOf(join(workspace, 'mlflow.db'), env));
    const tree = workbench.tree('Experiments');
    await tree.expand('Default');
    expect(serverStates(state).map(({ pid }) => pid)).toEqual([beta.child.pid]);
    await workbench.runCommand('MLflow: Start Tracking Here');
    const entry = workbench.statusEntry('MLflow: read-only');
    await entry.waitFor();
    await entry.click();
    const entries = (await workbench.quickPickEntries()).join('\n');
    expect(entries).toMatch(/another machine serves the store: process \d+ \(version .*\) on host alpha/);
    await workbench.screenshotInEveryTheme('served-elsewhere');
    await workbench.page.keyboard.press('Escape');
    await alpha.stop();
    await workbench.statusEntry('MLflow: mlflow.db').waitFor({ timeout: 60_000 });
    expect(serverStates(state).map(({ pid }) => pid)).toEqual([beta.child.pid]);
    expect(await workbench.notifications.texts()).toEqual([]);
  });
});
