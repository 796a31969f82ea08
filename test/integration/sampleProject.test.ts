import * as assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Commands } from '../../src/manifest/commands.js';

describe('the sample project', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-workbench-sample-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is written into a folder and never over what is there', async () => {
    writeFileSync(join(folder, 'train.py'), '# mine\n');
    await vscode.commands.executeCommand(Commands.createSampleProject, vscode.Uri.file(folder));
    assert.deepEqual(readdirSync(folder).sort(), ['MLproject', 'README.md', 'python_env.yaml', 'train.py']);
    assert.equal(readFileSync(join(folder, 'train.py'), 'utf8'), '# mine\n');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
