// Where a script can start besides terminals: the page that tells, the entry in .env, and the hint of a notebook.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { type Session, startSession } from './support/session.js';

const notebook = {
  cells: [
    {
      cell_type: 'code',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: ['import mlflow\n', 'mlflow.start_run()'],
    },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe('the places where a script starts', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, 'explore.ipynb'), JSON.stringify(notebook));
    session = await startSession({ files, python: true });
  });

  keepPictureOfFailure('places', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  const page = () => session.workbench.webview('Where a script logs to');
  const envFile = (): string => {
    const file = join(session.workspace, '.env');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };

  test('are on a page that the status leads to, which says where each of them logs to', async () => {
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry('MLflow: mlflow.db').click();
    await workbench.pick('Show Tracking Places');
    const frame = await page();
    const row = (name: string) =>
      frame.getByRole('row').filter({ has: frame.getByRole('rowheader', { name }) });
    await row('Terminals').getByText('Given by MLflow Workbench').waitFor();
    expect(await row('Terminals').innerText()).toMatch(/http:\/\/127\.0\.0\.1:\d+\s/);
    expect(await row('Notebooks').innerText()).toContain("MLflow's default: mlflow.db in the folder");
    await workbench.screenshotInEveryTheme('places');
  });

  test('get an entry in .env by the keyboard, and the page shows it at once', async () => {
    const { workbench } = session;
    const frame = await page();
    await frame.getByRole('button', { name: 'Write to .env… (Notebooks)' }).focus();
    await workbench.page.keyboard.press('Enter');
    expect((await workbench.quickPickEntries())[0]).toContain('The database itself');
    await workbench.screenshot('places-forms');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(envFile).toContain(`MLFLOW_TRACKING_URI=sqlite:///${session.workspace}/mlflow.db`);
    const row = frame.getByRole('row').filter({ has: frame.getByRole('rowheader', { name: 'Notebooks' }) });
    await row.getByText('.env (written by MLflow Workbench)').waitFor();
    await workbench.screenshotInEveryTheme('places-entry');
    await workbench.statusEntry('MLflow: mlflow.db').click();
    expect((await workbench.quickPickEntries()).join('\n')).toContain('.env (written by MLflow Workbench)');
    await workbench.page.keyboard.press('Escape');
  });

  test('are asked about when tracking stops: the entry goes', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Stop Tracking Here');
    await workbench.notifications.press('still makes notebooks and tests', 'Remove Entry');
    await expect.poll(envFile).toBe('');
    const frame = await page();
    await frame.getByText('Tracking is off').waitFor();
    await frame.getByRole('button', { name: /^Start Tracking Here/ }).click();
    await frame.getByText('New terminals and tasks log to mlflow.db').waitFor();
  });

  test('have a hint in a notebook whose kernel gets nothing, which inserts a line that can be undone', async () => {
    const { workbench } = session;
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await workbench.page.keyboard.type('explore.ipynb');
    await workbench.pick('explore.ipynb');
    const hint = workbench.page.getByText('MLflow: this kernel has no tracking URI');
    await hint.waitFor();
    await workbench.screenshotInEveryTheme('places-notebook');
    await hint.click();
    await workbench.pick('Insert Tracking Line');
    await workbench.page.getByText('mlflow.set_tracking_uri').first().waitFor();
    await hint.waitFor({ state: 'detached' });
    await workbench.screenshot('places-notebook-line');
  });
});
