// What one is told of runs that end, with the newest MLflow 2 in the terminal and with a process that writes straight
// to the database.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { runPython } from './support/python.js';
import { pythonWithMlflow2, type Session, startSession } from './support/session.js';

/** A run that ends once there is a file of its name. */
const SCRIPT = `
import pathlib, sys, time
import mlflow

with mlflow.start_run(run_name=sys.argv[1]):
    mlflow.log_metric("accuracy", 0.875)
    while not pathlib.Path(sys.argv[1]).exists():
        time.sleep(0.1)
`;

/** Twelve runs straight in the database, of which two fail at the same moment as the others finish. */
const DIRECT = [
  'import pathlib, time, mlflow',
  'client = mlflow.MlflowClient("sqlite:///mlflow.db")',
  'runs = [client.create_run("0", run_name=f"direct {at}") for at in range(12)]',
  'while not pathlib.Path("direct").exists(): time.sleep(0.1)',
  'for at, run in enumerate(runs):',
  '    client.set_terminated(run.info.run_id, "FAILED" if at < 2 else "FINISHED")',
];

describe('with all ends told of', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, 'train.py'), SCRIPT);
    const settings = { 'mlflowWorkbench.notifications.runEnd': 'all' };
    session = await startSession({ files, python: pythonWithMlflow2(), settings });
  });

  keepPictureOfFailure('run-ends', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  const letEnd = (name: string): void => writeFileSync(join(session.workspace, name), '');

  test('a run of MLflow 2 that finishes is told of, and its link opens its page', async () => {
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry(/MLflow: mlflow\.db$/).waitFor();
    await workbench.terminal.open();
    await workbench.terminal.type('python train.py second');
    await workbench.statusEntry('1 running').waitFor({ timeout: 90_000 });
    letEnd('second');
    await workbench.notifications.toast(/Run "second" in "Default" finished after [\d.]+s\./).waitFor();
    await workbench.terminal.waitFor(/View experiment at/);
    await workbench.terminal.hoverLink('/runs/', 'Open run page');
    await workbench.terminal.followLink('/runs/');
    await workbench.tab('second').waitFor();
    await workbench.webview('accuracy');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('ends of the same moment make one message, also those of another writer', async () => {
    const { workbench, workspace } = session;
    const writing = runPython(pythonWithMlflow2(), workspace, DIRECT);
    await workbench.statusEntry('12 running').waitFor({ timeout: 90_000 });
    await workbench.screenshot('running-twelve');
    letEnd('direct');
    await writing;
    await workbench.notifications.toast('10 runs finished, 2 failed.').waitFor();
    await workbench.screenshotInEveryTheme('runs-ended');
    expect(await workbench.notifications.texts()).toHaveLength(1);
    await workbench.notifications.press('10 runs finished', 'Show');
    const shown = await workbench.quickPickEntries();
    expect(shown).toHaveLength(12);
    expect(shown.every((row) => row.includes('direct'))).toBe(true);
    await workbench.screenshot('runs-ended-list');
    await workbench.page.keyboard.press('Escape');
  });

  test('after a reload nothing is told of what was over, and running runs go on being counted', async () => {
    const { workbench } = session;
    await workbench.runCommand('View: Close All Editors');
    await workbench.terminal.type('clear; python train.py third');
    await workbench.statusEntry('1 running').waitFor({ timeout: 90_000 });
    await workbench.page.reload();
    await workbench.statusEntry('1 running').waitFor({ timeout: 60_000 });
    expect(await workbench.notifications.texts()).toEqual([]);
    letEnd('third');
    await workbench.notifications.toast(/Run "third" in "Default" finished/).waitFor();
    await workbench.statusEntry(/running/).waitFor({ state: 'detached' });
    expect(await workbench.notifications.texts()).toHaveLength(1);
  });

  test('who looks at the page of a run is not told that it ended', async () => {
    const { workbench } = session;
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.terminal.open();
    await workbench.terminal.type('python train.py fourth');
    await workbench.statusEntry('1 running').waitFor({ timeout: 90_000 });
    await workbench.statusEntry('1 running').click();
    await workbench.pick('fourth');
    const page = await workbench.webview('accuracy');
    letEnd('fourth');
    await page
      .getByText(/finished/i)
      .first()
      .waitFor();
    await workbench.statusEntry(/running/).waitFor({ state: 'detached' });
    // A script takes longer to start and end than a message to come.
    await workbench.runCommand('View: Close All Editors');
    await workbench.terminal.type('clear; touch fifth; python train.py fifth');
    await workbench.terminal.waitFor(/View run fifth/, 90_000);
    expect((await workbench.notifications.texts()).filter((text) => text.includes('fourth'))).toEqual([]);
  });
});
