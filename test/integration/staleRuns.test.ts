import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Views } from '../../src/manifest/views.js';
import { extensionParts } from './support/parts.js';
import { post } from './support/rest.js';
import { startTracking, stopTracking } from './support/tracking.js';
import { waitFor } from './support/waitFor.js';

type Tree = Awaited<ReturnType<typeof extensionParts>>['explorer'];
type Node = Awaited<ReturnType<Tree['getChildren']>>[number];

const HOUR = 3_600_000;
const started = Date.now() - 2 * HOUR;

describe('runs of which nothing is heard', () => {
  let tree: Tree;
  let uri: string;

  before(async () => {
    tree = (await extensionParts()).explorer;
    uri = await startTracking();
    await vscode.commands.executeCommand(`${Views.explorer}.focus`);
  });

  after(async () => {
    await staleAfter(undefined);
    await stopTracking();
  });

  const staleAfter = (minutes: number | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration()
      .update('mlflowWorkbench.tracking.staleAfter', minutes, vscode.ConfigurationTarget.Global);

  async function create(runName: string): Promise<string> {
    const body = { experiment_id: '0', run_name: runName, start_time: started };
    const { run } = await post<{ run: { info: { run_id: string } } }>(uri, 'runs/create', body);
    return run.info.run_id;
  }

  async function pid(): Promise<number> {
    const response = await fetch(`${uri}/api/workbench/1.0/identity`);
    return ((await response.json()) as { readonly pid: number }).pid;
  }

  async function nodeOf(name: string): Promise<Node | undefined> {
    let nodes = await tree.getChildren();
    for (const label of ['mlflow.db', 'Default', name]) {
      const node = nodes.find((each) => tree.getTreeItem(each).label === label);
      if (node === undefined || label === name) {
        return node;
      }
      nodes = await tree.getChildren(node);
    }
    return undefined;
  }

  const appears = (name: string): Promise<Node> => waitFor(name, () => nodeOf(name));
  const item = (node: Node): vscode.TreeItem => tree.getTreeItem(node);
  const isStale = (node: Node): boolean => String(item(node).description).startsWith('stale');

  it('are stale by the setting only, and look it', async () => {
    // Tests before this one delete the database, of which the first write is told.
    await waitFor('a run', () => create('silent').catch(() => undefined));
    const before = await pid();
    // A server that has seen nobody write knows the start of the run only.
    process.kill(before, 'SIGKILL');
    await waitFor('another server', async () => (await pid().catch(() => before)) !== before, 30_000);
    const node = await appears('silent');
    assert.equal(isStale(node), false);
    assert.equal((item(node).iconPath as vscode.ThemeIcon).id, 'sync~spin');
    await staleAfter(60);
    await waitFor('the mark', () => isStale(node));
    assert.equal((item(node).iconPath as vscode.ThemeIcon).id, 'debug-disconnect');
    assert.equal(item(node).contextValue, 'run.running');
    const resolved = await tree.resolveTreeItem(item(node), node);
    const tooltip = (resolved.tooltip as vscode.MarkdownString).value.replaceAll('&nbsp;', ' ');
    assert.match(tooltip, /nothing has been heard of it since/);
    const store = (await tree.getChildren()).find((each) => item(each).label === 'mlflow.db');
    assert.match(String(store && item(store).contextValue), /\.stale\b/);
  });

  it('are not stale any more where the setting says never', async () => {
    const node = await appears('silent');
    await staleAfter(0);
    await waitFor('the mark to go', () => !isStale(node));
    await staleAfter(60);
    await waitFor('the mark', () => isStale(node));
  });

  it('are ended with their last sign as their end, others with the time of the command', async () => {
    const silent = await appears('silent');
    await create('heard of');
    const heardOf = await appears('heard of');
    assert.equal(isStale(heardOf), false);
    const now = Date.now();
    await vscode.commands.executeCommand('mlflowWorkbench.setRunKilled', silent, [silent, heardOf]);
    await waitFor('the new status', () => item(silent).contextValue === 'run');
    const { runs } = await post<{ runs: { info: { run_name: string; status: string; end_time: number } }[] }>(
      uri,
      'runs/search',
      { experiment_ids: ['0'] },
    );
    const infos = new Map(runs.map(({ info }) => [info.run_name, info]));
    assert.equal(infos.get('silent')?.status, 'KILLED');
    assert.equal(Number(infos.get('silent')?.end_time), started);
    assert.equal(infos.get('heard of')?.status, 'KILLED');
    assert.ok(Number(infos.get('heard of')?.end_time) >= now);
    assert.equal(isStale(silent), false);
  });
});
