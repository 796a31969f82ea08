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
  /** How many requests the extension host sent. */
  readonly requests: number;
}

/** Counts what VS Code asks the explorer for, and what the explorer asks its server for. */
export class TreeWatch {
  private counts = { refreshes: 0, refreshedNodes: 0, items: 0, children: 0, requests: 0 };
  private readonly undo: (() => void)[] = [];
  /** Told when VS Code is given the line of a node. */
  onItem: (node: Node, description: string) => void = () => undefined;
  /** Told when VS Code asks for the children of a node. */
  onChildren: (node: Node | undefined) => void = () => undefined;

  constructor(tree: Tree) {
    const { getTreeItem, getChildren } = tree;
    tree.getTreeItem = (node) => {
      this.counts.items += 1;
      const item = getTreeItem.call(tree, node);
      this.onItem(node, String(item.description));
      return item;
    };
    tree.getChildren = (node) => {
      this.counts.children += 1;
      this.onChildren(node);
      return getChildren.call(tree, node);
    };
    const { fetch } = globalThis;
    globalThis.fetch = (...args) => {
      this.counts.requests += 1;
      return fetch(...args);
    };
    const listening = tree.onDidChangeTreeData((nodes) => {
      this.counts.refreshes += 1;
      this.counts.refreshedNodes += nodes?.length ?? 0;
    });
    this.undo.push(
      () => Object.assign(tree, { getTreeItem, getChildren }),
      () => (globalThis.fetch = fetch),
      () => listening.dispose(),
    );
  }

  /** What was counted since the start or the last time this was asked. */
  take(): Counts {
    const counts = this.counts;
    this.counts = { refreshes: 0, refreshedNodes: 0, items: 0, children: 0, requests: 0 };
    return counts;
  }

  stop(): void {
    this.undo.forEach((each) => each());
  }
}

/** Opens the store's first experiment in the view, as a person does by keyboard. */
export async function expandFirstExperiment(watch: TreeWatch): Promise<void> {
  let isOpen = false;
  watch.onChildren = (node) => (isOpen ||= node?.parent !== undefined && node.parent.parent === undefined);
  await waitFor('the first experiment to open', async () => {
    await vscode.commands.executeCommand(`${Views.explorer}.focus`);
    for (const step of ['focusFirst', 'focusDown', 'expand']) {
      await vscode.commands.executeCommand(`list.${step}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    return isOpen;
  });
  watch.onChildren = () => undefined;
}
