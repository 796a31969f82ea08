// Restricted Mode: the folder is not trusted, so nothing of it is started, opened or changed.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { logRunsDirectly } from './support/python.js';
import { serverStates } from './support/serverStates.js';
import { pythonWithMlflow, type Session, startSession } from './support/session.js';

describe('a folder that is not trusted', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    await logRunsDirectly(pythonWithMlflow(), files);
    session = await startSession({ files, askForTrust: true });
  });

  keepPictureOfFailure('restricted', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  test('has nothing started, and the view says why', async () => {
    const { workbench, workspace, state } = session;
    const before = readdirSync(workspace);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.welcomeButton('Manage Workspace Trust').waitFor();
    expect(await tree.welcomeText()).toContain('Restricted Mode');
    expect(await tree.rows()).toEqual([]);
    await workbench.screenshotInEveryTheme('restricted');
    expect(readdirSync(workspace)).toEqual(before);
    expect(serverStates(state)).toEqual([]);
  });

  test('is shown once it is trusted', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Experiments');
    await tree.welcomeButton('Manage Workspace Trust').click();
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await tree.expand('made before');
    await tree.row('first try').waitFor();
    await workbench.screenshotInEveryTheme('trusted');
    expect(serverStates(session.state)).toHaveLength(1);
  });
});
