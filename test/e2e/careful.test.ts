// A database that an older MLflow made: its size is told, the first write backs it up, and it is upgraded on demand.
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NEWEST_REVISION } from '../../src/server/sqlite/schemas/index.js';
import { keepPictureOfFailure } from './support/failures.js';
import { logRunsDirectly } from './support/python.js';
import { makeRevisionUnknown, revisionOf } from './support/revision.js';
import { pythonWithMlflow, pythonWithOldMlflow, type Session, startSession } from './support/session.js';
import type { Workbench } from './support/workbench.js';

const SCRIPT = `
import mlflow
with mlflow.start_run(run_name="through us"):
    mlflow.log_metric("loss", 0.5)
print("logged", "well")
`;

/** An interpreter whose mlflow leaves a database half upgraded. */
const broken = (): string => `#!/bin/sh
for last; do :; done
'${pythonWithMlflow()}' -c "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1].removeprefix('sqlite:///'))
database.execute('UPDATE alembic_version SET version_num = ?', ('400f98739977',))
database.commit()
print('it broke in the middle', file=sys.stderr)
sys.exit(1)" "$last"
`;

const backupsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('mlflow.db.backup-'));

describe('a database of an older MLflow', () => {
  let session: Session;
  let older: string;
  let unknown: string;

  beforeAll(async () => {
    session = await startSession({ python: true });
    older = session.newFolder('older');
    unknown = session.newFolder('unknown');
    await logRunsDirectly(pythonWithOldMlflow(), older);
    cpSync(older, unknown, { recursive: true });
    makeRevisionUnknown(unknown);
    writeFileSync(join(older, 'log.py'), SCRIPT);
  });

  keepPictureOfFailure('careful', () => session.workbench);

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
  });

  test('is backed up by the first write, and says so before and after', async () => {
    const { workbench } = session;
    const revision = revisionOf(older);
    await session.openFolder(older);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.row('made before').waitFor();
    await tree.inlineAction('mlflow.db', 'Start Tracking Here');
    await workbench.statusEntry('MLflow: mlflow.db').waitFor();
    await workbench.statusEntry('MLflow: mlflow.db').click();
    const due = /Will be backed up before the first write \(\d+ KB\)/;
    expect((await workbench.quickPickEntries()).join('\n')).toMatch(due);
    await workbench.screenshot('careful-due');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('MLflow: About This Database…');
    const entries = (await workbench.quickPickEntries()).join('\n');
    expect(entries).toMatch(due);
    expect(entries).toMatch(/Schema of MLflow 2\.9\.0–2\.12\.2/);
    expect(entries).toContain('Too old to hold traces, logged models');
    expect(entries).toContain('Upgrade Database…');
    await workbench.screenshot('careful-about');
    await workbench.page.keyboard.press('Escape');
    expect(backupsIn(older)).toEqual([]);

    await workbench.terminal.open();
    await workbench.terminal.type('python -W ignore log.py');
    await workbench.terminal.waitFor(/logged well/, 60_000);
    const [backup = '', ...others] = backupsIn(older);
    expect([backup, others]).toEqual([expect.stringMatching(/^mlflow\.db\.backup-\d{8}-\d{6}$/), []]);
    expect(revisionOf(older)).toBe(revision);
    await workbench.statusEntry('MLflow: mlflow.db').click();
    expect((await workbench.quickPickEntries()).join('\n')).toContain(`Backup: ${backup}`);
    await workbench.page.keyboard.press('Escape');
    expect(await workbench.notifications.texts()).toEqual([]);

    await tree.contextMenu('mlflow.db', 'Reveal Backup');
    await workbench.page.locator('.explorer-folders-view').getByText(backup).waitFor();
    await workbench.screenshotInEveryTheme('careful-revealed');
  });

  test('that an upgrade leaves broken is put back from the backup', async () => {
    const { workbench } = session;
    const revision = revisionOf(older);
    const python = join(older, '.venv', 'bin', 'python');
    mkdirSync(join(older, '.venv', 'lib', 'python3.11', 'site-packages', 'mlflow-3.18.0.dist-info'), {
      recursive: true,
    });
    mkdirSync(join(python, '..'));
    writeFileSync(join(older, '.venv', 'pyvenv.cfg'), '');
    writeFileSync(python, broken());
    chmodSync(python, 0o755);

    await workbench.openViewContainer('MLflow');
    await workbench.tree('Experiments').contextMenu('mlflow.db', 'Upgrade Database…');
    expect((await workbench.quickPickEntries()).join('\n')).toMatch(/mlflow 3\.18\.0/);
    await workbench.screenshot('careful-which-mlflow');
    await workbench.pick(python);
    await confirm(workbench);
    const failed = workbench.notifications.toast('may be half done');
    await failed.waitFor({ timeout: 60_000 });
    expect(await failed.innerText()).toContain('it broke in the middle');
    expect(revisionOf(older)).toBe('400f98739977');
    await workbench.screenshotInEveryTheme('careful-failed');
    await workbench.notifications.press('may be half done', 'Restore Backup');
    await workbench.notifications.toast('is as it was before').waitFor({ timeout: 60_000 });
    expect(revisionOf(older)).toBe(revision);
    await workbench.tree('Experiments').row('made before').waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('is upgraded by the MLflow on PATH, and open terminals go on', async () => {
    const { workbench } = session;
    await workbench.runCommand('MLflow: Upgrade Database…');
    await workbench.pick(pythonWithMlflow());
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = await dialog.innerText();
    expect(text).toContain('Upgrade mlflow.db to the schema of MLflow 3.18.0?');
    expect(text).toMatch(/From: Schema of MLflow 2\.9\.0–2\.12\.2, revision acf3f17fdcc7/);
    await workbench.screenshot('careful-confirm');
    await confirm(workbench);
    await workbench.notifications.toast('Upgrading mlflow.db').waitFor({ timeout: 60_000 });
    await workbench.screenshot('careful-progress');
    // Its writes wait, and are repeated by its MLflow.
    await workbench.terminal.type('clear; python -W ignore log.py');
    await workbench.notifications.toast('is upgraded').waitFor({ timeout: 180_000 });
    expect(revisionOf(older)).toBe(NEWEST_REVISION);
    await workbench.screenshotInEveryTheme('careful-upgraded');
    await workbench.terminal.waitFor(/logged well/, 180_000);
    expect(await workbench.terminal.text()).not.toMatch(/Error|Traceback/);
    await workbench.runCommand('MLflow: About This Database…');
    const entries = (await workbench.quickPickEntries()).join('\n');
    expect(entries).toContain('Schema of MLflow 3.18.0');
    expect(entries).not.toMatch(/Too old|Upgrade Database/);
    await workbench.page.keyboard.press('Escape');

    const before = backupsIn(older);
    await workbench.tree('Experiments').contextMenu('mlflow.db', 'Delete Backup…');
    await confirm(workbench, 'Delete');
    await expect.poll(() => backupsIn(older)).toEqual(before.slice(0, -1));
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('of an unknown MLflow explains why it is read-only', async () => {
    const { workbench } = session;
    await session.openFolder(unknown);
    await workbench.openViewContainer('MLflow');
    const tree = workbench.tree('Experiments');
    await tree.row('made before').waitFor();
    await tree.inlineAction('mlflow.db', 'About This Database…');
    const entries = (await workbench.quickPickEntries()).join('\n');
    expect(entries).toMatch(/Read-only: its schema \(ffffffffffff\) is of a newer MLflow/);
    expect(entries).not.toContain('Upgrade Database');
    await workbench.screenshot('careful-unknown');
    await workbench.page.keyboard.press('Escape');
    expect(await workbench.notifications.texts()).toEqual([]);
  });
});

async function confirm(workbench: Workbench, button = 'Upgrade'): Promise<void> {
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'hidden' });
}
