// The main way through the product: an empty folder with a script becomes a folder whose runs are seen while they
// train. Everything is done as a person does it, with the ordinary `mlflow` package in the terminal.
import { existsSync, mkdirSync, mkdtempSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { runPython } from './support/python.js';
import { pythonWithMlflow, type Session, startSession } from './support/session.js';

const sample = join(import.meta.dirname, '..', '..', 'samples', 'sklearn-iris', 'train.py');

describe('the first run', () => {
  let session: Session;

  beforeAll(async () => {
    const files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    mkdirSync(files, { recursive: true });
    cpSync(sample, join(files, 'train.py'));
    session = await startSession({ files, python: true });
  });

  keepPictureOfFailure('first-run', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
  });

  test('a folder without tracking is left as it is, and the view says what to do', async () => {
    const { workbench, workspace } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').waitFor();
    await workbench.screenshotInEveryTheme('welcome');
    expect(existsSync(join(workspace, 'mlflow.db'))).toBe(false);
  });

  test('"Start Tracking Here" switches tracking on and still makes no database', async () => {
    const { workbench, workspace } = session;
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.tree('Experiments').row('mlflow.db').waitFor();
    await workbench.statusEntry('mlflow.db').waitFor();
    await workbench.screenshotInEveryTheme('tracking');
    expect(existsSync(join(workspace, 'mlflow.db'))).toBe(false);
  });

  test('the run appears while it trains, and its metrics change', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Experiments');
    await workbench.terminal.open();
    await workbench.terminal.type('python train.py --pause 0.5');
    await tree.row('iris').waitFor({ timeout: 60_000 });
    await tree.expand('iris');
    await tree.expand('logistic regression');
    await tree.expand('Parameters');
    await tree.expand('Metrics');
    await tree.row('alpha').waitFor();
    const first = await valueOf('train_loss');
    await expect.poll(() => valueOf('train_loss'), { timeout: 10_000 }).not.toBe(first);
    expect(await workbench.terminal.text()).not.toContain('View run forest sweep');
    await workbench.screenshotInEveryTheme('training');
  });

  test('the run page shows the run and follows it', async () => {
    const { workbench } = session;
    await workbench.tree('Experiments').row('logistic regression').locator('.label-name').click();
    const page = await workbench.webview('test_accuracy');
    await page.getByText('logistic regression').first().waitFor();
    await workbench.screenshotInEveryTheme('run-page-live');
    await workbench.terminal.waitFor(/View run forest sweep/, 120_000);
    await page
      .getByText(/finished/i)
      .first()
      .waitFor();
    await workbench.screenshotInEveryTheme('run-page');
    // An editor of about 400 pixels, as beside another one.
    const size = workbench.page.viewportSize();
    await workbench.page.setViewportSize({ width: 760, height: 900 });
    await workbench.screenshot('run-page-narrow');
    if (size) await workbench.page.setViewportSize(size);
  });

  test('text and image artifacts open in editors', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Experiments');
    await tree.expand('Artifacts');
    await tree.row('report.txt').click();
    await workbench.tab(/report\.txt/).waitFor();
    await workbench.page.locator('.monaco-editor').getByText('macro avg').first().waitFor();
    await workbench.screenshotInEveryTheme('artifact-text');
    await tree.expand('plots');
    await tree.row('confusion_matrix.png').click();
    // The image viewer writes the size of the picture it has drawn into the status bar.
    await workbench.statusEntry('240x240').waitFor();
    await workbench.screenshotInEveryTheme('artifact-image');
  });

  test('nested runs are below their parent', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Experiments');
    await tree.row('forest sweep').waitFor();
    await tree.expand('forest sweep');
    await tree.row('50 trees, depth 3').waitFor();
    await workbench.screenshotInEveryTheme('nested');
  });

  test('MLflow itself opens the database', async () => {
    const output = await runPython(pythonWithMlflow(), session.workspace, [
      'import mlflow',
      'client = mlflow.MlflowClient("sqlite:///mlflow.db")',
      'ids = [each.experiment_id for each in client.search_experiments()]',
      'for run in client.search_runs(ids): print(run.info.run_name, run.info.status, sep="|")',
    ]);
    const lines = output.trim().split(/\r?\n/);
    expect(lines).toContain('logistic regression|FINISHED');
    expect(lines).toContain('forest sweep|FINISHED');
    expect(lines).toHaveLength(6);
  });

  async function valueOf(metric: string): Promise<string> {
    const rows = await session.workbench.tree('Experiments').rows();
    return rows.find((row) => row.label === metric)?.description ?? '';
  }
});
