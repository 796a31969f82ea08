// What may happen while a script trains: the window is reloaded, a second one is opened, the server is killed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { isRunning, onlyServer } from './support/serverStates.js';
import { type Session, startSession } from './support/session.js';
import type { Workbench } from './support/workbench.js';

/** Trains until it is told to end, and says so at once when a value could not be logged. */
const script = `
import os, time, mlflow
mlflow.set_experiment("long")
with mlflow.start_run(run_name="endless"):
    step = 0
    while not os.path.exists("stop"):
        mlflow.log_metric("step_number", step, step=step)
        step += 1
        time.sleep(0.2)
print("trained", "well")
`;

describe('while a script trains', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, 'endless.py'), script);
    session = await startSession({ files, python: true });
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry('MLflow: mlflow.db').waitFor();
    await workbench.terminal.open();
    await workbench.terminal.type('python -W ignore endless.py');
    await workbench.tree('Experiments').expand('long');
  });

  keepPictureOfFailure('robustness', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  test('a reload of the window brings the tree back, and the same server', async () => {
    const { workbench, state } = session;
    const before = onlyServer(state);
    await workbench.runCommand('Developer: Reload Window');
    await workbench.statusEntry('MLflow: mlflow.db').waitFor({ state: 'detached' });
    await workbench.statusEntry('MLflow: mlflow.db').waitFor({ timeout: 60_000 });
    await workbench.tree('Experiments').expand('long');
    await goesOn(workbench);
    expect(onlyServer(state)).toEqual(before);
    await workbench.screenshotInEveryTheme('reloaded');
  });

  test('a second window on the folder is live too, with the same server', async () => {
    const { workbench, state } = session;
    const before = onlyServer(state);
    const second = await session.openWindow();
    await second.openViewContainer('MLflow');
    await second.tree('Experiments').expand('long');
    await goesOn(second);
    await goesOn(workbench);
    expect(onlyServer(state)).toEqual(before);
    await second.setTheme('dark');
    await second.screenshot('second-window');
    await second.page.close();
    await goesOn(workbench);
    expect(isRunning(before.pid)).toBe(true);
  });

  test('the server is killed: the script goes on, the address stays, the tree follows', async () => {
    const { workbench, state, workspace } = session;
    const before = onlyServer(state);
    process.kill(before.pid, 'SIGKILL');
    await expect.poll(() => onlyServer(state).pid, { timeout: 30_000 }).not.toBe(before.pid);
    await workbench.tree('Experiments').row('endless').waitFor();
    await goesOn(workbench);
    expect(onlyServer(state)).toMatchObject({ port: before.port, storePath: before.storePath });
    await workbench.screenshotInEveryTheme('server-killed');
    writeFileSync(join(workspace, 'stop'), '');
    await workbench.terminal.waitFor(/trained well/, 30_000);
    expect(await workbench.terminal.text()).not.toMatch(/Error|Traceback/);
    expect(await workbench.notifications.texts()).toEqual([]);
    const page = await openRun(workbench);
    await page.getByText('Finished').first().waitFor();
  });
});

/** Resolves when the value beside the run has changed. */
async function goesOn(workbench: Workbench): Promise<void> {
  const tree = workbench.tree('Experiments');
  await tree.row('endless').waitFor({ timeout: 60_000 });
  const value = async (): Promise<string | undefined> =>
    (await tree.rows()).find(({ label }) => label === 'endless')?.description.split(' ')[0];
  const before = await value();
  await expect.poll(value, { timeout: 30_000 }).not.toBe(before);
}

async function openRun(workbench: Workbench): ReturnType<Workbench['webview']> {
  await workbench.tree('Experiments').row('endless').locator('.label-name').click();
  return workbench.webview('step_number');
}
