import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { extensionUnderTest, type Manifest } from './extension.js';

describe('activation', () => {
  it('succeeds', async () => {
    const extension = extensionUnderTest();
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that package.json contributes', async () => {
    const extension = extensionUnderTest();
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.map((each) => each.command).filter((id) => !registered.has(id));
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(missing, []);
  });
});

describe('a folder without tracking', () => {
  it('has nothing created in it', async () => {
    await extensionUnderTest().activate();
    await settle();
    assert.deepEqual(readdirSync(workspaceFolder()), ['train.py']);
  });

  it('has no tracking server, and no file of it is open', async function () {
    if (process.platform !== 'linux') this.skip(); // Only /proc tells this without another program.
    await extensionUnderTest().activate();
    await settle();
    assert.deepEqual(trackingServers(), []);
    assert.deepEqual(openFilesBelow(workspaceFolder()), []);
  });
});

/** Long enough for what an extension would start in the background after activation. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3_000));
}

function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return folder.uri.fsPath;
}

/** Command lines of tracking servers that have this test's HOME, so that a person's own server is not counted. */
function trackingServers(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      return commandLine.includes('server.cjs') && environment.includes(`HOME=${process.env.HOME}`)
        ? [commandLine]
        : [];
    } catch {
      return []; // Ended meanwhile, or somebody else's.
    }
  });
}

function openFilesBelow(folder: string): string[] {
  const files = readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
  return files.filter((file) => file.startsWith(folder));
}
