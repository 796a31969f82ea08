// How long the explorer takes to answer VS Code over a large database, and how long it holds the extension host's
// event loop: idle, and while 50 runs log 20 metrics a second each.
import { loadavg } from 'node:os';
import * as vscode from 'vscode';
import { Views } from '../../../src/manifest/views.js';
import { EventLoopProbe } from '../../integration/support/eventLoopProbe.js';
import { extensionParts } from '../../integration/support/parts.js';
import { fillWorkspaceStore, startLoad } from '../../integration/support/programs.js';
import { startTracking, stopTracking } from '../../integration/support/tracking.js';
import { type Node, type Tree, TreeWatch } from '../../integration/support/treeWatch.js';
import { waitFor } from '../../integration/support/waitFor.js';
import type { FilledStore } from './programs/fillStore.js';

describe('scale', function () {
  this.timeout(600_000);
  let tree: Tree;
  let uri: string;
  let filled: FilledStore;
  let watch: TreeWatch;
  const probe = new EventLoopProbe();
  const lines: string[] = [];
  const print = (line: string): void => {
    lines.push(line);
    console.log(line);
  };

  before(async () => {
    const started = performance.now();
    filled = await fillWorkspaceStore(100_000, 1_000);
    print(`filled in ${Math.round(performance.now() - started)} ms`);
    tree = (await extensionParts()).explorer;
    watch = new TreeWatch(tree);
    uri = await startTracking();
    await vscode.commands.executeCommand(`${Views.explorer}.focus`);
    await idle();
  });

  after(async () => {
    watch.stop();
    probe.stop();
    await stopTracking();
    const { writeFileSync } = await import('node:fs');
    writeFileSync('/tmp/scale-lines.txt', lines.join('\n') + '\n');
  });

  const idle = (ms = 1_500): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const label = (node: Node): string => tree.getTreeItem(node).label as string;

  async function timed<T>(what: string, action: () => Promise<T>, note: (result: T) => string = () => ''): Promise<T> {
    probe.take();
    watch.take();
    const started = performance.now();
    const result = await action();
    const took = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const loop = probe.take();
    print(
      `${what}: ${took.toFixed(1)} ms, loop ${loop.longest.toFixed(1)} (${loop.longestWorked.toFixed(1)} worked) ${note(result)} load ${loadavg()[0]?.toFixed(1)}`,
    );
    return result;
  }

  async function storeNode(): Promise<Node> {
    return waitFor('the store', async () => (await tree.getChildren()).find((node) => label(node) === 'mlflow.db'));
  }

  async function childOf(node: Node, name: string): Promise<Node> {
    return waitFor(name, async () => (await tree.getChildren(node)).find((each) => label(each) === name));
  }

  it('answers', async () => {
    const store = await storeNode();
    tree.refresh(store);
    await timed('store, first page', () => tree.getChildren(store), (nodes) => String(nodes.length));
    await idle();
    for (const name of ['huge', 'wide']) {
      const experiment = await childOf(store, name);
      await timed(`${name}, first page`, () => tree.getChildren(experiment), (nodes) => String(nodes.length));
      const children = await tree.getChildren(experiment);
      const [run] = children;
      await timed(`${name}, a run`, () => tree.getChildren(run!));
      await timed(`${name}, items`, () => Promise.resolve(children.forEach((each) => tree.getTreeItem(each))));
      for (let page = 2; page <= 20; page += 1) {
        await (page % 6 === 2
          ? timed(`${name}, page ${page}`, () => tree.loadMore(experiment as never))
          : tree.loadMore(experiment as never));
      }
      const all = await tree.getChildren(experiment);
      await timed(`${name}, items of ${all.length}`, () =>
        Promise.resolve(all.forEach((each) => tree.getTreeItem(each))),
      );
      tree.refresh(experiment);
      await timed(`${name}, refreshed`, () => tree.getChildren(experiment), (nodes) => String(nodes.length));
      for (let page = 2; page <= 20; page += 1) await tree.loadMore(experiment as never);
      await timed(`${name}, reload of 1000 runs`, async () => (experiment as unknown as { reload(): Promise<unknown> }).reload());
    }
    for (let page = 2; page <= 20; page += 1) await tree.loadMore(store as never);
    await idle();
    await timed('store, all experiments', () => tree.getChildren(store), (nodes) => String(nodes.length));
    await timed('store, redrawn', async () => {
      tree.redraw();
      await idle();
    });
    const change = { experimentIds: [], runs: [], registeredModels: [], everything: true };
    await timed('everything changed', () => (store as unknown as { apply(c: unknown): Promise<unknown> }).apply(change));
  });

  it('under load', async () => {
    const store = await storeNode();
    tree.refresh(store);
    await idle();
    const load = await startLoad(uri, filled.logging, { runs: 50, metrics: 20, seconds: 10 });
    const experiment = await childOf(store, 'logging');
    await tree.getChildren(experiment);
    await vscode.commands.executeCommand(`${Views.explorer}.focus`);
    await vscode.commands.executeCommand('list.focusFirst');
    await vscode.commands.executeCommand('list.focusDown');
    await vscode.commands.executeCommand('list.expand');
    probe.take();
    watch.take();
    const ended = await timed('load', () => load.ended, (each) => JSON.stringify(each));
    void ended;
    print(JSON.stringify(watch.take()));
    await idle();
    print(JSON.stringify(watch.take()));
  });
});
