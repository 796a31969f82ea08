import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { withEntry } from '../../src/core/tracking/envEntry.js';
import { hideFromGit, isSeenByGit } from '../../src/host/commands/gitignoreCommands.js';
import { Commands } from '../../src/manifest/commands.js';
import { debuggedEnvironment } from './support/debugging.js';
import { extensionParts, workspaceFolder } from './support/parts.js';
import { terminalEnvironment } from './support/terminals.js';
import { decisionOf, startTracking, stopTracking } from './support/tracking.js';
import { waitFor } from './support/waitFor.js';

const file = join(workspaceFolder(), '.env');
const bytes = (): string => (existsSync(file) ? readFileSync(file, 'latin1') : '');
const uriIn = (text: string): string | undefined => /^MLFLOW_TRACKING_URI=(.*)$/m.exec(text)?.[1];

/** Runs the command and takes the entry of its quick pick that is so many below the first. */
async function write(below = 0): Promise<string> {
  const before = bytes();
  const done = vscode.commands.executeCommand(Commands.writeEnvEntry);
  await waitFor('the entry', async () => {
    for (let count = 0; count < below; count += 1) {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return bytes() !== before;
  });
  await done;
  return bytes();
}

async function entry() {
  return (await extensionParts()).decisions.all[0]?.entry;
}

describe('an entry in .env', () => {
  afterEach(stopTracking);
  afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));

  it('names the database, changes nothing else in the file, and is no configuration of the person', async () => {
    const theirs = '# caf\u00e9\r\nOTHER=1';
    writeFileSync(file, theirs, 'latin1');
    const uri = await startTracking();
    const written = await write();
    assert.ok(written.startsWith(theirs));
    assert.equal(uriIn(written), `sqlite:///${join(workspaceFolder(), 'mlflow.db')}`);
    assert.equal((await decisionOf('inject')).uri, uri);
    assert.equal((await entry())?.form, 'sqlite');
    assert.equal((await terminalEnvironment()).MLFLOW_TRACKING_URI, uri);
    await vscode.commands.executeCommand(Commands.removeEnvEntry);
    assert.equal(bytes(), theirs);
    assert.equal(await entry(), undefined);
  });

  it('reaches what the debugger starts, which reads the file; the server is named where we may', async () => {
    const uri = await startTracking();
    const sqlite = uriIn(await write());
    const inConsole = await debuggedEnvironment({ console: 'internalConsole' });
    const inTerminal = await debuggedEnvironment({ console: 'integratedTerminal' });
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    assert.ok([uri, sqlite].includes(inConsole.MLFLOW_TRACKING_URI));
    assert.equal(inTerminal.MLFLOW_TRACKING_URI, sqlite);
  });

  it('goes away whole with a file that has nothing else', async () => {
    await startTracking();
    await write();
    await vscode.commands.executeCommand(Commands.removeEnvEntry);
    assert.equal(existsSync(file), false);
  });

  it('names the server where that is chosen, for the eyes of the owner, and follows its address', async () => {
    const uri = await startTracking();
    assert.equal(uriIn(await write(1)), uri);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    const former = 'http://127.0.0.1:9/0123456789abcdef0123456789abcdef';
    writeFileSync(file, withEntry(Buffer.from(`A=1\n${bytes()}B=2\n`), former));
    await waitFor('the address of the server', () => uriIn(bytes()) === uri);
    assert.match(bytes(), /^A=1\n#.*\nMLFLOW_TRACKING_URI=.*\nB=2\n$/);
  });

  it('is not written beside a line of the person', async () => {
    await startTracking();
    const theirs = 'MLFLOW_TRACKING_URI=http://team.example\n';
    writeFileSync(file, theirs);
    await decisionOf('configured');
    await vscode.commands.executeCommand(Commands.writeEnvEntry);
    assert.equal(bytes(), theirs);
  });

  it('is not written over what an editor holds', async () => {
    writeFileSync(file, 'A=1\n');
    await startTracking();
    const document = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'B=2\n');
    await vscode.workspace.applyEdit(edit);
    const done = vscode.commands.executeCommand(Commands.writeEnvEntry);
    const ended = done.then(() => true);
    await waitFor('the end of the command', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return Promise.race([ended, new Promise<false>((resolve) => setTimeout(resolve, 100, false))]);
    });
    assert.equal(bytes(), 'A=1\n');
    await document.save();
    assert.equal(bytes(), 'B=2\nA=1\n');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('the secret in an entry', () => {
  afterEach(stopTracking);
  afterEach(() => vscode.commands.executeCommand('notifications.clearAll'));

  it('is told of where git sees the file, and kept out of git on demand', async () => {
    const gitignore = join(workspaceFolder(), '.gitignore');
    mkdirSync(join(workspaceFolder(), '.git'));
    writeFileSync(gitignore, '*.pyc\n');
    await startTracking();
    await write(1);
    assert.equal(await isSeenByGit(file), true);
    await hideFromGit(file);
    assert.match(readFileSync(gitignore, 'utf8'), /^\*\.pyc\n\n# .*\n\/\.env\n$/);
    assert.equal(await isSeenByGit(file), false);
  });
});
