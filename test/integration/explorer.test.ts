import * as assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { Views } from '../../src/manifest/views.js';
import { extensionParts } from './support/parts.js';
import { createRun, logMetric, post } from './support/rest.js';
import { startTracking, stopTracking } from './support/tracking.js';
import { waitFor } from './support/waitFor.js';

type Tree = Awaited<ReturnType<typeof extensionParts>>['explorer'];
type Node = Awaited<ReturnType<Tree['getChildren']>>[number];

describe('the explorer', () => {
  let tree: Tree;
  let uri: string;
  /** What the tree says has changed, as VS Code is told. */
  const told: Node[] = [];
  let listening: vscode.Disposable;

  before(async () => {
    tree = (await extensionParts()).explorer;
    uri = await startTracking();
    await vscode.commands.executeCommand(`${Views.explorer}.focus`);
    listening = tree.onDidChangeTreeData((nodes) => told.push(...(nodes ?? [])));
  });

  after(async () => {
    listening.dispose();
    await stopTracking();
  });

  const label = (node: Node): string => tree.getTreeItem(node).label as string;
  const description = (node: Node | undefined): string => String(node && tree.getTreeItem(node).description);

  /** The node below the store that is reached by these labels, opening what is in between as a person would. */
  async function nodeAt(...labels: readonly string[]): Promise<Node | undefined> {
    let node = (await tree.getChildren()).find((each) => label(each) === 'mlflow.db');
    for (const name of labels) {
      node = node && (await tree.getChildren(node)).find((each) => label(each) === name);
    }
    return node;
  }

  const appears = (...labels: readonly string[]): Promise<Node> =>
    waitFor(labels.join(' > '), () => nodeAt(...labels));

  it('shows a run that any client logs, and tells VS Code to draw it', async () => {
    await appears('Default');
    told.length = 0;
    await createRun(uri, 'logged by fetch');
    await appears('Default', 'logged by fetch');
    await waitFor('a redraw', () => told.some((node) => ['Default', 'mlflow.db'].includes(label(node))));
  });

  it('shows new values on the node that is there, so that nothing collapses', async () => {
    const { runId } = await createRun(uri, 'with metrics');
    const node = await appears('Default', 'with metrics');
    await logMetric(uri, runId, 0.5, 1);
    await appears('Default', 'with metrics', 'Metrics', 'loss');
    await logMetric(uri, runId, 0.25, 2);
    await waitFor('the new value', async () => {
      const shown = await nodeAt('Default', 'with metrics', 'Metrics', 'loss');
      return description(shown) === '0.25 (step 2)';
    });
    const again = await nodeAt('Default', 'with metrics');
    assert.equal(again, node);
    assert.match(description(again), /^0\.25 loss · \d+s ago$/);
  });

  it('shows the status with its icon', async () => {
    const { runId } = await createRun(uri, 'that ends');
    const node = await appears('Default', 'that ends');
    const icon = (): string => (tree.getTreeItem(node).iconPath as vscode.ThemeIcon).id;
    assert.equal(icon(), 'sync~spin');
    await post(uri, 'runs/update', { run_id: runId, status: 'FAILED', end_time: Date.now() });
    await waitFor('the failure', () => icon() === 'error');
  });

  it('puts nested runs below their parent, and lets them rise when it is deleted', async () => {
    const parent = await createRun(uri, 'parent');
    await createRun(uri, 'child', [{ key: 'mlflow.parentRunId', value: parent.runId }]);
    await appears('Default', 'parent', 'child');
    assert.equal(await nodeAt('Default', 'child'), undefined);
    await post(uri, 'runs/delete', { run_id: parent.runId });
    await appears('Default', 'child');
    assert.equal(await nodeAt('Default', 'parent'), undefined);
  });

  it('tells more of a run where somebody points at it', async () => {
    await createRun(uri, 'with a note', [{ key: 'mlflow.note.content', value: 'memorable' }]);
    const node = await appears('Default', 'with a note');
    const item = tree.getTreeItem(node);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = await tree.resolveTreeItem(item, node);
    assert.match((tooltip as vscode.MarkdownString).value, /memorable/);
  });

  it('shows another metric beside the runs once it is chosen', async () => {
    const { runId } = await createRun(uri, 'with two metrics');
    await logMetric(uri, runId, 0.5, 1);
    await post(uri, 'runs/log-metric', { run_id: runId, key: 'acc', value: 0.75, step: 1, timestamp: 1 });
    const node = await appears('Default', 'with two metrics');
    await waitFor('the first by name', () => description(node).startsWith('0.75 acc'));
    const settings = vscode.workspace.getConfiguration('mlflowWorkbench.explorer');
    await settings.update('metric', 'loss', vscode.ConfigurationTarget.Global);
    try {
      await waitFor('the chosen one', () => description(node).startsWith('0.5 loss'));
    } finally {
      await settings.update('metric', undefined, vscode.ConfigurationTarget.Global);
    }
    await waitFor('the first by name again', () => description(node).startsWith('0.75 acc'));
    assert.deepEqual(await tree.loadedMetricKeys(), ['acc', 'loss']);
  });

  it('hands out every id once', async () => {
    const ids = new Set<string>();
    const walk = async (nodes: readonly Node[]): Promise<void> => {
      for (const node of nodes) {
        assert.equal(ids.has(node.id), false, node.id);
        ids.add(node.id);
        await walk(await tree.getChildren(node));
      }
    };
    await walk(await tree.getChildren());
    assert.ok(ids.size > 10);
  });

  it('opens the selected run even while VS Code draws its row again', async () => {
    await createRun(uri, 'clicked');
    const node = await appears('Default', 'clicked');
    const { selection } = tree;
    let looks = 0;
    // While rows are drawn VS Code cannot tell which node a selected one stands for.
    tree.selection = () => ((looks += 1) > 3 ? [node] : []);
    try {
      await vscode.commands.executeCommand('mlflowWorkbench.openRun');
    } finally {
      tree.selection = selection;
    }
    assert.equal(looks, 4);
    const open = (): boolean =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => tab.label === 'clicked'));
    await waitFor('the page of the run', open);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens artifacts as read-only files', async () => {
    const { artifactUri } = await createRun(uri, 'with artifacts');
    const folder = artifactUri.startsWith('file:') ? fileURLToPath(artifactUri) : artifactUri;
    mkdirSync(join(folder, 'notes'), { recursive: true });
    writeFileSync(join(folder, 'notes', 'hello.txt'), 'hello');
    const node = await appears('Default', 'with artifacts', 'Artifacts', 'notes', 'hello.txt');
    const file = (node as Node & { readonly uri: vscode.Uri }).uri;
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(file)).toString(), 'hello');
    assert.equal((await vscode.workspace.fs.stat(file)).size, 5);
    const names = await vscode.workspace.fs.readDirectory(
      file.with({ path: file.path.replace('/hello.txt', '') }),
    );
    assert.deepEqual(names, [['hello.txt', vscode.FileType.File]]);
    await assert.rejects(() => Promise.resolve(vscode.workspace.fs.writeFile(file, Buffer.from('no'))));
    await assert.rejects(() =>
      Promise.resolve(vscode.workspace.fs.readFile(file.with({ path: `${file.path}.not` }))),
    );
    await vscode.commands.executeCommand('mlflowWorkbench.openArtifact', node);
    await waitFor('the editor', () => vscode.window.activeTextEditor?.document.getText() === 'hello');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('finds the server again when it has died, at the same address', async () => {
    const before = await pid();
    process.kill(before, 'SIGKILL');
    await waitFor('another server', async () => (await pid().catch(() => before)) !== before, 30_000);
    await createRun(uri, 'after the crash');
    await appears('Default', 'after the crash');
  });

  async function pid(): Promise<number> {
    const response = await fetch(`${uri}/api/workbench/1.0/identity`);
    return ((await response.json()) as { readonly pid: number }).pid;
  }
});
