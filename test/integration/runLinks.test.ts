import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionParts } from '../../src/host/compositionRoot.js';
import { Commands } from '../../src/manifest/commands.js';
import { Views } from '../../src/manifest/views.js';
import { extensionParts } from './support/parts.js';
import { createRun, logMetric, post } from './support/rest.js';
import { startTracking, stopTracking } from './support/tracking.js';
import { waitFor } from './support/waitFor.js';

describe('what leads to a run', () => {
  let parts: ExtensionParts;
  let uri: string;
  let runId: string;

  before(async () => {
    parts = await extensionParts();
    uri = await startTracking();
    // The server may go on from an earlier test whose database is gone, which it tells of by refusing a write.
    ({ runId } = await waitFor('a write', () => createRun(uri, 'the run').catch(() => undefined)));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await stopTracking();
  });

  const tabs = (): string[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs: some }) => some.map(({ label }) => label));
  const opens = async (name: string): Promise<void> => {
    await waitFor(`the tab ${name}`, () => tabs().includes(name));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  };
  const link = (path: string, query: Readonly<Record<string, string>>): vscode.Uri =>
    vscode.Uri.from({
      scheme: 'vscode',
      authority: 'a.b',
      path,
      query: new URLSearchParams(query).toString(),
    });
  const storeKey = (): string => parts.running.runs[0]?.store.key ?? '';

  it('counts the runs that are running, by what changes', async () => {
    await waitFor('the run', () => parts.running.runs.some(({ run }) => run.info.runId === runId));
    const other = await createRun(uri, 'another');
    await waitFor('both runs', () => parts.running.runs.length === 2);
    const ended: string[] = [];
    const listening = parts.running.onDidEnd((runs) =>
      ended.push(...runs.map(({ run }) => run.info.runName)),
    );
    await post(uri, 'runs/update', { run_id: other.runId, status: 'FINISHED', end_time: Date.now() });
    await waitFor('the end', () => ended.includes('another'));
    listening.dispose();
    assert.deepEqual(
      parts.running.runs.map(({ run }) => run.info.runName),
      ['the run'],
    );
    assert.equal(parts.running.runs[0]?.experimentName, 'Default');
  });

  it('follows what a running run logs, for the list', async () => {
    await logMetric(uri, runId, 0.25, 1);
    await waitFor('the value', () => parts.running.runs[0]?.run.metrics.some(({ value }) => value === 0.25));
  });

  it('a link of our server in a terminal opens the page of its run', async () => {
    const line = `🏃 View run the run at: ${uri}/#/experiments/0/runs/${runId}`;
    const [first, ...others] = parts.terminalLinks.provideTerminalLinks({ line });
    assert.ok(first && others.length === 0);
    assert.equal(
      line.slice(first.startIndex, first.startIndex + first.length),
      line.slice(line.indexOf('http')),
    );
    await parts.terminalLinks.handleTerminalLink(first);
    await opens('the run');
  });

  it('a link of an experiment selects it in the explorer', async () => {
    const line = `${uri.replace('127.0.0.1', 'localhost')}/#/experiments/0`;
    const [first] = parts.terminalLinks.provideTerminalLinks({ line });
    assert.ok(first);
    await parts.terminalLinks.handleTerminalLink(first);
    await waitFor('the selection', () => parts.explorer.selection()[0]?.id.endsWith('/0'));
  });

  it('links of other servers are nobody of ours', () => {
    for (const other of ['http://team.example:5000', `${uri}x`, 'http://127.0.0.1:5000']) {
      const line = `${other}/#/experiments/0/runs/${runId}`;
      assert.deepEqual(parts.terminalLinks.provideTerminalLinks({ line }), []);
    }
  });

  it('an address of VS Code opens a run of a store that is open, and nothing else', async () => {
    await parts.uriLinks.handleUri(link('/run', { store: storeKey(), run: runId }));
    await opens('the run');
    for (const uriOfNothing of [
      link('/run', { store: storeKey(), run: '../../etc' }),
      link('/run', { store: 'f'.repeat(24), run: runId }),
      link('/run', { store: '../x', run: runId }),
      link('/experiment', { store: storeKey(), experiment: 'x' }),
      link('/else', { store: storeKey(), run: runId }),
    ]) {
      void parts.uriLinks.handleUri(uriOfNothing);
    }
    // What opens a page does so at once; the messages wait for a click.
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(tabs(), []);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('a run that the explorer has not loaded is revealed with the runs above it', async () => {
    const tag = (value: string) => [{ key: 'mlflow.parentRunId', value }];
    const parent = await createRun(uri, 'old parent');
    const child = await createRun(uri, 'old child', tag(parent.runId));
    const configuration = vscode.workspace.getConfiguration('mlflowWorkbench.explorer');
    await configuration.update('pageSize', 10, vscode.ConfigurationTarget.Global);
    try {
      for (let at = 0; at < 12; at += 1) await createRun(uri, `newer ${at}`);
      parts.explorer.refresh();
      const { store } = parts.running.runs[0] ?? assert.fail('Nothing runs.');
      await vscode.commands.executeCommand(`${Views.explorer}.focus`);
      const node = await parts.explorer.nodeFor(store, '0', child.runId);
      assert.ok(node?.id.endsWith(`${parent.runId}/${child.runId}`));
      assert.equal(await parts.explorer.nodeFor(store, '0', 'f'.repeat(32)), undefined);
      assert.equal(await parts.explorer.nodeFor(store, '77'), undefined);
      await parts.uriLinks.handleUri(link('/experiment', { store: store.key, experiment: '0' }));
    } finally {
      await configuration.update('pageSize', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('"Find Run…" opens on a text', async () => {
    await vscode.commands.executeCommand(Commands.findRun, 'the run');
    // Shown by VS Code once the store has answered; Enter takes the first.
    await waitFor('the page', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return tabs().includes('the run');
    });
  });
});
