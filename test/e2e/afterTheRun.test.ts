// What leads to a run once a script has started it: the status bar and its list, the link that MLflow prints, the
// message when it fails, and "Find Run…".
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { type Session, startSession } from './support/session.js';

/** Runs until there is a file of the run's name. */
const SCRIPT = `
import pathlib, sys, time
import mlflow

mlflow.set_experiment("after the run")
with mlflow.start_run(run_name=sys.argv[1]) as run:
    mlflow.log_metric("accuracy", 0.875)
    print("id=<" + run.info.run_id + ">")
    while not pathlib.Path(sys.argv[1]).exists():
        time.sleep(0.1)
    if "fail" in sys.argv[1]:
        raise ValueError("It was to fail.")
`;

/** Part of the address of an experiment that is nothing else's. */
const EXPERIMENT_LINK_END = '/#/experiments/1';

describe('after a run of MLflow 3', () => {
  let session: Session;
  let files: string;
  let runId: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, 'train.py'), SCRIPT);
    session = await startSession({ files, python: true });
  });

  keepPictureOfFailure('after-the-run', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  const letEnd = (name: string): void => writeFileSync(join(session.workspace, name), '');

  test('the status bar counts it while it runs, and opens the list', async () => {
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry(/MLflow: mlflow\.db$/).waitFor();
    expect(await workbench.statusEntry(/\d running/).count()).toBe(0);
    await workbench.terminal.open();
    await workbench.terminal.type('python train.py first');
    const text = await workbench.terminal.waitFor(/id=<\w+>/, 90_000);
    runId = /id=<(\w+)>/.exec(text)?.[1] ?? '';
    await workbench.statusEntry('1 running').waitFor();
    await workbench.screenshotInEveryTheme('running-count');
    await workbench.statusEntry('1 running').click();
    expect((await workbench.quickPickEntries()).join('\n')).toMatch(
      /first[^]*after the run · 0\.875 accuracy/,
    );
    await workbench.screenshot('running-list');
    await workbench.page.keyboard.press('Enter');
    await workbench.webview('accuracy');
    await workbench.tab('first').waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  test('the list follows the run to its end', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Show Running Runs');
    await workbench.quickPickEntries();
    letEnd('first');
    await workbench.statusEntry(/running/).waitFor({ state: 'detached' });
    await workbench.page.locator('.quick-input-list .codicon-pass').waitFor();
    await workbench.screenshot('running-list-ended');
    await workbench.page.keyboard.press('Escape');
  });

  test('the link that MLflow prints opens the page of the run, also where it is wrapped', async () => {
    const { workbench } = session;
    await workbench.terminal.waitFor(/View experiment at/, 30_000);
    // The end of the id stands in a row of its own.
    const tail = (await workbench.terminal.text()).split('\n').find((row) => /^[0-9a-f]+$/.test(row)) ?? '';
    expect(runId.endsWith(tail) && tail !== '').toBe(true);
    for (const part of ['/runs/', tail]) {
      await workbench.terminal.hoverLink(part, 'Open run page');
      if (part === tail) await workbench.screenshot('link-hover');
      await workbench.terminal.followLink(part);
      await workbench.tab('first').waitFor();
      await workbench.webview('accuracy');
      await workbench.runCommand('View: Close All Editors');
    }
  });

  test('the link of the experiment shows it in the explorer', async () => {
    const { workbench } = session;
    await workbench.terminal.hoverLink(EXPERIMENT_LINK_END, 'Show in Experiments');
    await workbench.terminal.followLink(EXPERIMENT_LINK_END);
    await workbench.tree('Experiments').row('first').waitFor();
    await workbench.screenshot('link-experiment');
  });

  test('links of other servers are left to VS Code', async () => {
    const { workbench } = session;
    await workbench.terminal.type('clear; echo http://127.0.0.1:9/#/experiments/1');
    await workbench.terminal.waitFor(/^http:/m);
    await workbench.terminal.hoverLink('127.0.0.1:9/#/experiments/1', 'Follow link');
  });

  test('a run that fails is told of, and the message opens it', async () => {
    const { workbench } = session;
    await workbench.terminal.type('clear; python train.py "to fail"');
    await workbench.statusEntry('1 running').waitFor({ timeout: 90_000 });
    letEnd('to fail');
    const toast = /Run "to fail" in "after the run" failed after [\d.]+s\./;
    await workbench.notifications.toast(toast).waitFor();
    await workbench.screenshotInEveryTheme('run-failed');
    await workbench.notifications.press(toast, 'Open Run');
    await workbench.tab('to fail').waitFor();
    await workbench.webview('accuracy');
    expect(await workbench.notifications.texts()).toEqual([]);
  });

  test('"Find Run…" finds it by name, by the beginning of its id and by its address', async () => {
    const { workbench } = session;
    const link = /http:\S+\/#\/experiments\/\d+/.exec(await workbench.terminal.text())?.[0] ?? '';
    await workbench.runCommand('View: Close All Editors');
    await workbench.tree('Experiments').titleAction('Find Run').click();
    await expect.poll(() => workbench.quickPickEntries()).toHaveLength(2);
    await workbench.screenshot('find-run');
    for (const text of ['FIRS', runId.slice(0, 7), `runs:/${runId}/model`, `${link}/runs/${runId}`]) {
      // So that what is found was looked for.
      await workbench.typeInQuickPick('to fail');
      await expect.poll(() => workbench.quickPickEntries()).toEqual([expect.stringContaining('to fail')]);
      await workbench.typeInQuickPick(text);
      await expect.poll(() => workbench.quickPickEntries()).toEqual([expect.stringContaining('first')]);
    }
    await workbench.screenshot('find-run-address');
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('first').waitFor();
    await workbench.webview('accuracy');
  });

  test('and its button shows the run in the explorer', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Find Run');
    await workbench.typeInQuickPick('to fail');
    await expect.poll(() => workbench.quickPickEntries().then((rows) => rows.length)).toBe(1);
    await workbench.pressInQuickPick('Show in Experiments');
    await workbench.tree('Experiments').row('to fail').and(workbench.page.locator('.selected')).waitFor();
    await workbench.screenshot('find-run-revealed');
  });
});
