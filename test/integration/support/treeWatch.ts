import * as vscode from 'vscode';
import type { ExtensionParts } from '../../../src/host/compositionRoot.js';
import { Views } from '../../../src/manifest/views.js';
import { waitFor } from './waitFor.js';

export type Tree = ExtensionParts['explorer'];
export type Node = Awaited<ReturnType<Tree['getChildren']>>[number];

interface Counts {
  /** How often the tree said that nodes have changed. */
  readonly refreshes: number;
  /** How many nodes it named. */
  readonly refreshedNodes: number;
  /** How often VS Code asked for a node's line. */
  readonly items: number;
  /** How often VS Code asked for a node's children. */
  readonly children: number;
  /** The paths of the requests that the extension host sent for the explorer. */
  readonly requests: readonly string[];
}

const nothing = () => ({ refreshes: 0, refreshedNodes: 0, items: 0, children: 0, requests: [] as string[] });

/** Counts what VS Code asks the explorer for, and what the explorer asks its server for. */
export class TreeWatch {
  private counts = nothing();
  private readonly undo: (() => void)[] = [];
  /** Told when VS Code is given the line of a node. */
  onItem: (item: vscode.TreeItem) => void = () => undefined;
  /** Told when VS Code asks for the children of a node. */
  onChildren: (node: Node | undefined) => void = () => undefined;

  constructor(tree: Tree) {
    const getTreeItem = tree.getTreeItem.bind(tree);
    const getChildren = tree.getChildren.bind(tree);
    tree.getTreeItem = (node) => {
      this.counts.items += 1;
      const item = getTreeItem(node);
      this.onItem(item);
      return item;
    };
    tree.getChildren = (node) => {
      this.counts.children += 1;
      this.onChildren(node);
      return getChildren(node);
    };
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (!isForStatusBar(pathname, init?.body)) {
        this.counts.requests.push(pathname);
      }
      return fetch(input, init);
    };
    const listening = tree.onDidChangeTreeData((nodes) => {
      this.counts.refreshes += 1;
      this.counts.refreshedNodes += nodes?.length ?? 0;
    });
    this.undo.push(
      () => ['getTreeItem', 'getChildren'].forEach((name) => Reflect.deleteProperty(tree, name)),
      () => {
        globalThis.fetch = fetch;
      },
      () => void listening.dispose(),
    );
  }

  /** What was counted since the start or the last time this was asked. */
  take(): Counts {
    const counts = this.counts;
    this.counts = nothing();
    return counts;
  }

  /** What was counted so far, in a line. */
  static words({ requests, ...counts }: Counts): string {
    return JSON.stringify({ ...counts, requests: requests.length });
  }

  stop(): void {
    this.undo.forEach((each) => each());
  }
}

/** The count of running runs and of stale ones has a pace of its own; the explorer asks for excerpts of runs. */
function isForStatusBar(pathname: string, body: unknown): boolean {
  const asksForRuns = pathname.endsWith('/runs/search');
  return pathname.endsWith('/liveness') || (asksForRuns && !String(body).includes('workbench_excerpt'));
}

/** Opens the store's first experiment in the view, as a person does by keyboard. */
export async function expandFirstExperiment(watch: TreeWatch): Promise<void> {
  let isOpen = false;
  watch.onChildren = (node) => (isOpen ||= isExperiment(node));
  await waitFor('the first experiment to open', () => press('expand', () => isOpen));
  watch.onChildren = () => undefined;
}

/** Closes it again. */
export async function collapseFirstExperiment(tree: Tree): Promise<void> {
  const setExpanded = tree.setExpanded.bind(tree);
  let isClosed = false;
  tree.setExpanded = (node, expanded) => {
    isClosed ||= isExperiment(node) && !expanded;
    setExpanded(node, expanded);
  };
  await waitFor('the first experiment to close', () => press('collapse', () => isClosed));
  Reflect.deleteProperty(tree, 'setExpanded');
}

async function press(key: 'expand' | 'collapse', done: () => boolean): Promise<boolean> {
  await vscode.commands.executeCommand(`${Views.explorer}.focus`);
  for (const step of ['focusFirst', 'focusDown', key]) {
    await vscode.commands.executeCommand(`list.${step}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return done();
}

function isExperiment(node: Node | undefined): boolean {
  return node?.parent !== undefined && node.parent.parent === undefined;
}
