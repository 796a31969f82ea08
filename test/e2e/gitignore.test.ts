// A store in a git repository: the person is asked once whether git should leave it out.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { type Session, startSession } from './support/session.js';

describe('a folder in a git repository', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    execFileSync('git', ['init', '--quiet'], { cwd: files });
    writeFileSync(join(files, '.gitignore'), '*.pyc\n');
    session = await startSession({ files });
  });

  keepPictureOfFailure('gitignore', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  test('gets the store into its .gitignore when the person says so', async () => {
    const { workbench, workspace } = session;
    const ignored = (): string => readFileSync(join(workspace, '.gitignore'), 'utf8');
    const question = 'Add mlflow.db and mlruns to the .gitignore';
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.notifications.toast(question).waitFor();
    await workbench.screenshotInEveryTheme('gitignore');
    expect(ignored()).toBe('*.pyc\n');
    await workbench.notifications.press(question, 'Add');
    await expect.poll(ignored).toBe("*.pyc\n\n# MLflow's local store\nmlflow.db*\nmlruns/\n");
    writeFileSync(join(workspace, 'mlflow.db-wal'), '');
    const status = execFileSync('git', ['status', '--short'], { cwd: workspace, encoding: 'utf8' });
    expect(status.trim()).toBe('?? .gitignore');
  });

  test('is not asked about again', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Stop Tracking Here');
    await workbench.statusEntry('MLflow:').waitFor({ state: 'detached' });
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    await workbench.statusEntry('MLflow: mlflow.db').waitFor();
    expect(await workbench.notifications.texts()).toEqual([]);
  });
});
