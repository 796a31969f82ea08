// Runs left RUNNING by scripts that were killed: they are marked and explained, and ended when a person says so.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { runPython } from './support/python.js';
import { pythonWithMlflow, type Session, startSession } from './support/session.js';
import type { TreeView } from './support/treeView.js';

/** A process for each run. None ends its run, and none logs anything after its first metric. */
const script = `
import os, time, mlflow
mlflow.set_experiment("sweep")
names = ["one", "two", "three", "four", "living", "direct"]
for name in names:
    if os.fork() == 0:
        if name == "direct":
            mlflow.set_tracking_uri("sqlite:///mlflow.db")
            mlflow.set_experiment("sweep")
        mlflow.start_run(run_name=name)
        mlflow.log_metric("loss", 0.5)
        with open(name + ".pid", "w") as file:
            print(os.getpid(), file=file)
        time.sleep(3600)
while True:
    os.wait()
`;
const KILLED = ['one', 'two', 'three', 'four', 'direct'];
/** The time of grace, a look at the processes, and a slow machine. */
const PATIENCE = { timeout: 60_000 };

describe('runs whose scripts were killed', () => {
  let session: Session;
  let files: string;
  let tree: TreeView;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, 'sweep.py'), script);
    session = await startSession({ files, python: true });
    const { workbench } = session;
    tree = workbench.tree('Experiments');
    await workbench.openViewContainer('MLflow');
    await tree.welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry('MLflow: mlflow.db').waitFor();
    await workbench.terminal.open();
    await workbench.terminal.type('python -W ignore sweep.py &');
    await tree.expand('sweep');
  });

  keepPictureOfFailure('stale-runs', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  const described = async (name: string): Promise<string> =>
    (await tree.rows()).find(({ label }) => label === name)?.description ?? 'no such row';

  test('are marked by themselves, those of silent scripts that live are not', async () => {
    const { workbench } = session;
    for (const name of [...KILLED, 'living']) await tree.row(name).waitFor(PATIENCE);
    await expect.poll(() => described('direct'), PATIENCE).toContain('loss');
    // Longer than the time of grace.
    await workbench.page.waitForTimeout(15_000);
    for (const name of [...KILLED, 'living']) expect(await described(name)).not.toContain('stale');
    await workbench.terminal.type(`kill -9 $(cat ${KILLED.map((name) => `${name}.pid`).join(' ')})`);
    for (const name of KILLED) await expect.poll(() => described(name), PATIENCE).toMatch(/^stale · /);
    expect(await described('living')).toMatch(/^0\.5 loss/);
    await expect.poll(() => described('sweep')).toBe('5 stale');
    await workbench.screenshotInEveryTheme('stale-runs');
  });

  test('say why when one points at them', async () => {
    const { workbench } = session;
    await tree.row('two').locator('.label-name').hover();
    const hover = workbench.page.locator('.workbench-hover').filter({ hasText: 'Stale' });
    await hover.waitFor();
    expect(await hover.innerText()).toMatch(/its\sprocess\sended\sat/);
    await workbench.screenshot('stale-run-tooltip');
    await workbench.page.mouse.move(0, 0);
  });

  test('say so on their page, which ends them', async () => {
    const { workbench } = session;
    await tree.row('one').locator('.label-name').click();
    const page = await workbench.webview('Set to Failed');
    await page.getByText('without ending the run').waitFor();
    await page.getByText('Stale', { exact: true }).waitFor();
    await workbench.screenshotInEveryTheme('stale-run-page');
    const shown = await workbench.webview('Set to Failed');
    await shown.getByRole('button', { name: 'Set to Failed' }).click();
    await workbench.statusEntry('1 run was set to Failed').waitFor();
    await shown.getByText('Failed', { exact: true }).waitFor();
    await shown.getByText('Set to Failed').waitFor({ state: 'detached' });
    await expect.poll(() => described('one'), PATIENCE).not.toContain('stale');
  });

  test('are ended as they are selected, with one choice from their menu', async () => {
    const { workbench } = session;
    await tree.row('two').locator('.label-name').click();
    await tree
      .row('three')
      .locator('.label-name')
      .click({ modifiers: ['ControlOrMeta'] });
    await tree.contextMenu('three', 'Set Run to Failed');
    await workbench.statusEntry('2 runs were set to Failed').waitFor();
    await expect.poll(() => described('sweep'), PATIENCE).toBe('2 stale');
  });

  test('are ended all together', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Set All Stale Runs to');
    expect((await workbench.quickPickEntries()).join('\n')).toMatch(/Failed[^]*2 runs[^]*Killed[^]*2 runs/);
    await workbench.screenshot('stale-runs-pick');
    await workbench.pick('Killed');
    await workbench.statusEntry('2 runs were set to Killed').waitFor();
    await expect.poll(() => described('sweep'), PATIENCE).toBe('');
    await workbench.screenshotInEveryTheme('stale-runs-ended');
    // That a run has failed is told, whoever said so.
    const texts = await workbench.notifications.texts();
    expect(texts.filter((text) => !text.includes(' failed after '))).toEqual([]);
  });

  test('have then, for MLflow too, that status and the end of their process as their end', async () => {
    const output = await runPython(pythonWithMlflow(), session.workspace, [
      'import mlflow',
      'client = mlflow.MlflowClient("sqlite:///mlflow.db")',
      'ids = [each.experiment_id for each in client.search_experiments()]',
      'for run in client.search_runs(ids):',
      '    info = run.info',
      '    took = info.end_time and info.end_time - info.start_time',
      '    print(info.run_name, info.status, took is not None and 10_000 < took < 240_000, sep="|")',
    ]);
    expect(output.trim().split(/\r?\n/).sort()).toEqual([
      'direct|KILLED|True',
      'four|KILLED|True',
      'living|RUNNING|False',
      'one|FAILED|True',
      'three|FAILED|True',
      'two|FAILED|True',
    ]);
  });
});
