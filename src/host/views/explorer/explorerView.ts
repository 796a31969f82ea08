import { type TreeView, window } from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../../../core/base/disposable.js';
import { Views } from '../../../manifest/views.js';
import type { Settings } from '../../platform/settings.js';
import type { ExplorerNode } from './explorerNode.js';
import type { ExplorerTree } from './explorerTree.js';

/** How often the ages in the tree are drawn again. */
const AGES_MS = 60_000;

/** The explorer in the sidebar. */
export class ExplorerView implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly view: TreeView<ExplorerNode>;

  constructor(tree: ExplorerTree, settings: Settings) {
    const view = (this.view = this.disposables.add(
      window.createTreeView<ExplorerNode>(Views.explorer, {
        treeDataProvider: tree,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    ));
    const timer = setInterval(() => tree.redrawAges(), AGES_MS);
    this.disposables.add(toDisposable(() => clearInterval(timer)));
    tree.selection = () => view.selection;
    this.disposables.add(view.onDidExpandElement(({ element }) => tree.setExpanded(element, true)));
    this.disposables.add(view.onDidCollapseElement(({ element }) => tree.setExpanded(element, false)));
    this.disposables.add(view.onDidChangeVisibility(({ visible }) => tree.setVisible(visible)));
    this.disposables.add(
      settings.onDidChange((changed) => {
        if (changed.includes('mlflowWorkbench.explorer.metric')) {
          tree.metricChanged();
        }
      }),
    );
    tree.setVisible(view.visible);
  }

  /** Shows a node of the tree, selects it and gives it the focus. */
  async reveal(node: ExplorerNode): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
