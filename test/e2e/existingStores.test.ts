// Folders that have a database already: MLflow made it, without this extension. It is shown when the view is opened.
import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { logRunsDirectly } from './support/python.js';
import { makeRevisionUnknown, revisionOf } from './support/revision.js';
import { serverStates } from './support/serverStates.js';
import { pythonWithMlflow, pythonWithOldMlflow, type Session, startSession } from './support/session.js';

describe('a folder with a database', () => {
  let session: Session;
  let newest: string;
  let oldest: string;
  let unknown: string;

  beforeAll(async () => {
    session = await startSession();
    newest = session.newFolder('by-newest');
    oldest = session.newFolder('by-oldest');
    unknown = session.newFolder('by-unknown');
    await Promise.all([
      logRunsDirectly(pythonWithMlflow(), newest),
      logRunsDirectly(pythonWithOldMlflow(), oldest),
    ]);
    cpSync(newest, unknown, { recursive: true });
    makeRevisionUnknown(unknown);
  });

  keepPictureOfFailure('existing', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
  });

  test('of the newest MLflow shows its runs, all by keyboard', async () => {
    const { workbench } = session;
    await session.openFolder(newest);
    expect(serverStates(session.state)).toEqual([]);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.row('made before').waitFor();

    await workbench.runCommand('Focus on Experiments View');
    await tree.goTo('made before');
    await workbench.page.keyboard.press('ArrowRight');
    await tree.row('second try').waitFor();
    await tree.goTo('second try');
    await workbench.page.keyboard.press('Enter');
    const page = await workbench.webview('Artifact location');
    await page.getByRole('heading', { name: 'second try' }).waitFor();
    await workbench.screenshotInEveryTheme('existing-newest');
    const rows = await tree.rows();
    expect(rows.map(({ label }) => label)).toEqual([
      'mlflow.db',
      'made before',
      'second try',
      'first try',
      'Default',
    ]);
    expect(rows.map(({ ariaLabel }) => ariaLabel)).toEqual([
      expect.stringMatching(/^Store mlflow\.db in by-newest/),
      'Experiment made before',
      expect.stringMatching(/^Run second try, finished, 0\.05 loss/),
      expect.stringMatching(/^Run first try, finished, 0\.1 loss/),
      'Experiment Default',
    ]);
  });

  test('of an old MLflow shows its runs, and the database stays as it was', async () => {
    const { workbench } = session;
    const before = revisionOf(oldest);
    await session.openFolder(oldest);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.expand('made before');
    await tree.row('second try').locator('.label-name').click();
    const page = await workbench.webview('Artifact location');
    await page.getByText('loss').first().waitFor();
    await tree.expand('second try');
    await tree.expand('Artifacts');
    await tree.row('notes.txt').click();
    await workbench.page.locator('.monaco-editor').getByText('made outside of VS Code').first().waitFor();
    await workbench.screenshotInEveryTheme('existing-oldest');
    expect(revisionOf(oldest)).toBe(before);
    expect(await workbench.notifications.texts()).toEqual([]);
  });

  test('of an unknown MLflow is read-only: the tree and the status bar say so, and terminals get nothing', async () => {
    const { workbench } = session;
    await session.openFolder(unknown);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.expand('made before');
    await tree.row('first try').waitFor();
    await tree.inlineAction('mlflow.db', 'Start Tracking Here');
    await workbench.statusEntry('MLflow: read-only').waitFor();
    expect((await tree.rows())[0]?.description).toBe('by-unknown · read-only');
    await workbench.terminal.open();
    await workbench.terminal.type('echo "uri=<$MLFLOW_TRACKING_URI>"');
    await workbench.terminal.waitFor(/^uri=<>$/m);
    await workbench.screenshotInEveryTheme('read-only');
    await workbench.statusEntry('MLflow: read-only').click();
    expect((await workbench.quickPickEntries()).join('\n')).toMatch(/Read-only: its schema is of an MLflow/);
    await workbench.screenshot('read-only-status');
    await workbench.page.keyboard.press('Escape');
    expect(await workbench.notifications.texts()).toEqual([]);
  });
});
