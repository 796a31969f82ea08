// The sample project on a machine whose Python is missing or lacks `mlflow`: it is made all the same, and the person
// is told what to do. Then a store that lies somewhere else.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { logRunsDirectly } from './support/python.js';
import { pythonWithMlflow, type Session, startSession } from './support/session.js';

describe('without a Python on PATH', () => {
  let session: Session;
  let empty: string;
  let elsewhere: string;

  beforeAll(async () => {
    empty = mkdtempSync(join(tmpdir(), 'mlflow-workbench-path-'));
    elsewhere = mkdtempSync(join(tmpdir(), 'mlflow-workbench-elsewhere-'));
    [session] = await Promise.all([
      startSession({ env: { PATH: empty, VIRTUAL_ENV: undefined, CONDA_PREFIX: undefined } }),
      logRunsDirectly(pythonWithMlflow(), elsewhere),
    ]);
  });

  keepPictureOfFailure('sample', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    for (const folder of [empty, elsewhere]) rmSync(folder, { recursive: true, force: true });
  });

  test('the sample project is made and says that Python is missing', async () => {
    const { workbench, workspace } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Create a Sample Project').click();
    await workbench.tab('train.py').waitFor();
    await workbench.notifications.toast('No Python was found').waitFor();
    await workbench.screenshotInEveryTheme('sample-no-python');
    await workbench.notifications.press('No Python was found', 'Copy Install Command');
    // The command runs in the extension host: the clipboard has it a moment after the click.
    await expect
      .poll(() => workbench.clipboard(), { timeout: 15_000 })
      .toBe('pip install mlflow scikit-learn');
    expect(readFileSync(join(workspace, 'train.py'), 'utf8')).toContain('mlflow');
  });

  test('a Python that lacks mlflow is named, with the way to install it', async () => {
    const { workbench } = session;
    const folder = session.newFolder('lacks-mlflow');
    const python = pythonWithoutMlflow(join(elsewhere, 'empty'));
    mkdirSync(join(folder, '.vscode'));
    const settings = { 'mlflowWorkbench.pythonPath': python };
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    await session.openFolder(folder);
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Create a Sample Project').click();
    const toast = workbench.notifications.toast(`needs packages that ${python} does not have`);
    await toast.getByRole('button', { name: 'Install in Terminal' }).waitFor();
    await workbench.screenshotInEveryTheme('sample-no-mlflow');
    await workbench.notifications.press('needs packages', 'Start Tracking Here');
    await workbench.tree('Experiments').row('mlflow.db').waitFor();
    expect(existsSync(join(folder, 'mlflow.db'))).toBe(false);
  });

  test('a store that lies elsewhere is opened and closed', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Experiments');
    await workbench.runCommand('MLflow: Open a Store');
    await workbench.pick('Database File');
    await workbench.enterPath(join(elsewhere, 'mlflow.db'));
    await tree.expand('made before');
    await tree.row('second try').waitFor();
    await workbench.screenshotInEveryTheme('opened-elsewhere');
    const opened = (await tree.rows()).find(({ description }) => description.includes('elsewhere'));
    expect(opened?.label).toBe('mlflow.db');
    await tree.contextMenu(/mlflow\.db/, 'Close Store', elsewhere.split(/[\\/]/).at(-1));
    await tree.row('made before').waitFor({ state: 'detached' });
    expect(existsSync(join(elsewhere, 'mlflow.db'))).toBe(true);
  });
});

/** A Python of an environment with nothing in it: what the machine's own has is not known. */
function pythonWithoutMlflow(folder: string): string {
  execFileSync(pythonWithMlflow(), ['-m', 'venv', '--without-pip', folder]);
  return join(folder, 'bin', 'python');
}
