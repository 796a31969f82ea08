import { commands, env, l10n, window, type QuickPickItem } from 'vscode';
import type { Settings } from '../platform/settings.js';
import { ArtifactFileNode } from '../views/explorer/artifactFileNode.js';
import type { ExplorerNode, PagedNode } from '../views/explorer/explorerNode.js';
import type { ExplorerTree } from '../views/explorer/explorerTree.js';
import { RunNode } from '../views/explorer/runNode.js';
import { ValueNode } from '../views/explorer/valueNode.js';
import type { RunPages } from '../webviews/runPage/runPages.js';

/** What the explorer's nodes can be asked for. */
export class NodeCommands {
  constructor(
    private readonly tree: ExplorerTree,
    private readonly pages: RunPages,
    private readonly settings: Settings,
  ) {}

  readonly openRun = async (given?: unknown): Promise<void> => {
    const node = given ?? (await this.tree.selectedNode());
    if (node instanceof RunNode) {
      this.pages.open(node.store, node.runId, node.run.info.runName || node.runId);
    }
  };

  readonly openArtifact = async (given?: unknown): Promise<void> => {
    const node = given ?? (await this.tree.selectedNode());
    if (node instanceof ArtifactFileNode) {
      await commands.executeCommand('vscode.open', node.uri);
    }
  };

  readonly copyRunId = async (node?: unknown): Promise<void> => {
    if (node instanceof RunNode) {
      await env.clipboard.writeText(node.runId);
    }
  };

  readonly copyValue = async (node?: unknown): Promise<void> => {
    if (node instanceof ValueNode) {
      await env.clipboard.writeText(node.named.value);
    }
  };

  readonly refresh = (node?: unknown): void => {
    this.tree.refresh(isNode(node) ? node : undefined);
  };

  /** Tries again what the selected line says has failed. */
  readonly retry = async (): Promise<void> => {
    const failed = (await this.tree.selectedNode())?.parent;
    if (failed) {
      this.tree.refresh(failed);
    }
  };

  /** Loads the next page of the node that the selected "Load more…" stands below. */
  readonly loadMore = async (): Promise<void> => {
    const paged = (await this.tree.selectedNode())?.parent;
    if (paged && 'loadMore' in paged) {
      await this.tree.loadMore(paged as PagedNode);
    }
  };

  /** Lets the person choose which metric stands beside the runs, among those of the loaded ones. */
  readonly chooseMetric = async (): Promise<void> => {
    const chosen = this.settings.get('mlflowWorkbench.explorer.metric');
    const first = { label: l10n.t('First metric of each run'), key: '' };
    const items: (QuickPickItem & { key: string })[] = [
      first,
      ...(await this.tree.loadedMetricKeys()).map((key) => ({ label: key, key })),
    ];
    for (const item of items) {
      if (item.key === chosen) item.description = l10n.t('shown now');
    }
    const picked = await window.showQuickPick(items, {
      placeHolder: l10n.t('Choose the metric that is shown beside each run'),
    });
    if (picked) {
      await this.settings.update('mlflowWorkbench.explorer.metric', picked.key);
    }
  };
}

function isNode(value: unknown): value is ExplorerNode {
  return typeof value === 'object' && value !== null && 'treeItem' in value && 'children' in value;
}
