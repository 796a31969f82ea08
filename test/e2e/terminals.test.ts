// What terminals and tasks of a tracked folder get: our address, unless the person has set one.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepPictureOfFailure } from './support/failures.js';
import { serverStates } from './support/serverStates.js';
import { type Session, startSession } from './support/session.js';

const ours = /<http:\/\/127\.0\.0\.1:\d+\/[\w-]+>/;
const echo = 'echo "uri=<$MLFLOW_TRACKING_URI>"';

describe('a tracked folder whose .env names a tracking server', () => {
  let session: Session;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'mlflow-workbench-files-'));
    writeFileSync(join(files, '.env'), 'MLFLOW_TRACKING_URI=https://me:secret@mlflow.team.example\n');
    mkdirSync(join(files, '.vscode'));
    const task = { label: 'say the address', type: 'shell', command: echo, problemMatcher: [] };
    writeFileSync(join(files, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task] }));
    session = await startSession({ files });
  });

  keepPictureOfFailure('terminals', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    rmSync(files, { recursive: true, force: true });
  });

  test('the status bar says which one is in force and why, and no server of ours is started', async () => {
    const { workbench } = session;
    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').welcomeButton('Start Tracking Here').click();
    const entry = workbench.statusEntry('MLflow: https://mlflow.team.example: set by .env');
    await entry.waitFor();
    await workbench.terminal.open();
    await workbench.terminal.type(echo);
    await workbench.terminal.waitFor(/^uri=<>$/m);
    await workbench.screenshotInEveryTheme('own-uri');
    await entry.click();
    const entries = (await workbench.quickPickEntries()).join('\n');
    expect(entries).toContain('Your own MLFLOW_TRACKING_URI stays in force');
    expect(entries).not.toContain('secret');
    await workbench.screenshot('own-uri-status');
    await workbench.page.keyboard.press('Escape');
    expect(await workbench.notifications.texts()).toEqual([]);
    expect(existsSync(join(session.workspace, 'mlflow.db'))).toBe(false);
  });

  test('without that line new terminals get our address', async () => {
    const { workbench, workspace } = session;
    writeFileSync(join(workspace, '.env'), 'OTHER=1\n');
    await workbench.statusEntry(/MLflow: mlflow\.db$/).waitFor();
    await workbench.terminal.open();
    await workbench.terminal.type(echo);
    await workbench.terminal.waitFor(ours);
    expect(serverStates(session.state)).toHaveLength(1);
  });

  test('and so do tasks', async () => {
    const { workbench } = session;
    await workbench.runCommand('Tasks: Run Task');
    await workbench.pick('say the address');
    await workbench.terminal.waitFor(ours);
    await workbench.screenshot('task');
  });
});
