import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Commands } from '../../src/manifest/commands.js';
import { workspaceFolder } from './support/parts.js';
import { terminalEnvironment } from './support/terminals.js';
import { decisionOf, startTracking, stopTracking } from './support/tracking.js';

describe('tracking in a folder', () => {
  afterEach(stopTracking);

  it('gives new terminals the address of the store, and makes no database by itself', async () => {
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, undefined);
    const uri = await startTracking();
    assert.match(uri, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, uri);
    assert.equal(existsSync(join(workspaceFolder(), 'mlflow.db')), false);
  });

  it('takes the address away again when it is switched off', async () => {
    await startTracking();
    await vscode.commands.executeCommand(Commands.stopTracking);
    await decisionOf('off');
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, undefined);
  });

  it('leaves a tracking URI of the .env file in force, as long as it is there', async () => {
    const file = join(workspaceFolder(), '.env');
    const uri = await startTracking();
    writeFileSync(file, 'MLFLOW_TRACKING_URI=http://team.example:5000\n');
    const { configured } = await decisionOf('configured');
    assert.deepEqual(configured, {
      uri: 'http://team.example:5000',
      source: { kind: 'envFile', path: file },
    });
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, undefined);
    rmSync(file);
    assert.equal((await decisionOf('inject')).uri, uri);
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, uri);
  });

  it('leaves a tracking URI of the terminal setting in force', async () => {
    const platform = { win32: 'windows', darwin: 'osx' }[process.platform as string] ?? 'linux';
    const configuration = vscode.workspace.getConfiguration('terminal.integrated.env');
    await startTracking();
    await configuration.update(
      platform,
      { MLFLOW_TRACKING_URI: 'http://theirs' },
      vscode.ConfigurationTarget.Global,
    );
    try {
      await decisionOf('configured');
      assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, 'http://theirs');
    } finally {
      await configuration.update(platform, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('injects nothing where the setting says so', async () => {
    const configuration = vscode.workspace.getConfiguration('mlflowWorkbench.tracking');
    await startTracking();
    await configuration.update('injectIntoTerminals', false, vscode.ConfigurationTarget.Global);
    try {
      await decisionOf('disabled');
      assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, undefined);
    } finally {
      await configuration.update('injectIntoTerminals', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

describe('the store and git', () => {
  const gitignore = join(workspaceFolder(), '.gitignore');
  const clean = (): void => {
    rmSync(gitignore, { force: true });
    rmSync(join(workspaceFolder(), '.git'), { recursive: true, force: true });
  };
  afterEach(clean);

  it('adds what is missing to the .gitignore of a repository, once', async () => {
    mkdirSync(join(workspaceFolder(), '.git'));
    writeFileSync(gitignore, 'mlruns/\n');
    await vscode.commands.executeCommand(Commands.addToGitignore);
    const text = readFileSync(gitignore, 'utf8');
    assert.match(text, /^mlruns\/\n\n# .+\nmlflow\.db\*\n$/);
    await vscode.commands.executeCommand(Commands.addToGitignore);
    assert.equal(readFileSync(gitignore, 'utf8'), text);
  });

  it('writes no .gitignore outside of a repository', async () => {
    await vscode.commands.executeCommand(Commands.addToGitignore);
    assert.equal(existsSync(gitignore), false);
  });
});
