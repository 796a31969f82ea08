import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { workspaceFolder } from './support/parts.js';
import { taskEnvironment, terminalEnvironment } from './support/terminals.js';
import { decisionOf, startTracking, stopTracking } from './support/tracking.js';

const theirs = { MLFLOW_TRACKING_URI: 'http://theirs' };
const platform = { win32: 'windows', darwin: 'osx' }[process.platform as string] ?? 'linux';

describe('tasks of a tracked folder', () => {
  afterEach(stopTracking);

  it('get the address of the store', async () => {
    const uri = await startTracking();
    assert.equal((await taskEnvironment()).MLFLOW_TRACKING_URI, uri);
  });

  it('keep what tasks.json sets for one of them: VS Code would let ours win, so nothing is injected', async () => {
    await startTracking();
    const folder = join(workspaceFolder(), '.vscode');
    const task = { label: 'train', type: 'process', command: 'python', options: { env: theirs } };
    mkdirSync(folder);
    writeFileSync(join(folder, 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task] }));
    try {
      const { configured } = await decisionOf('configured');
      assert.deepEqual(configured, { uri: 'http://theirs', source: { kind: 'tasks' } });
      assert.equal((await taskEnvironment(theirs)).MLFLOW_TRACKING_URI, 'http://theirs');
    } finally {
      rmSync(folder, { recursive: true });
    }
    await decisionOf('inject');
  });
});

describe('terminal profiles', () => {
  afterEach(stopTracking);

  it('keep the variables of their own', async () => {
    await startTracking();
    const configuration = vscode.workspace.getConfiguration('terminal.integrated.profiles');
    const profile = { team: { path: process.execPath, env: theirs } };
    await configuration.update(platform, profile, vscode.ConfigurationTarget.Global);
    try {
      const { configured } = await decisionOf('configured');
      assert.equal(configured.uri, 'http://theirs');
      assert.equal((await terminalEnvironment(theirs)).MLFLOW_TRACKING_URI, 'http://theirs');
    } finally {
      await configuration.update(platform, undefined, vscode.ConfigurationTarget.Global);
    }
    await decisionOf('inject');
  });
});
