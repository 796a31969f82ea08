import { l10n, type Command, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { messageOf } from '../../../core/base/errors.js';
import { Commands } from '../../../manifest/commands.js';
import type { ExplorerNode } from './explorerNode.js';

/** A line of text in the tree: that there is nothing, that something failed, or that there is more. */
export class MessageNode implements ExplorerNode {
  constructor(
    readonly id: string,
    readonly parent: ExplorerNode | undefined,
    private readonly text: {
      readonly label: string;
      readonly description?: string;
      readonly tooltip?: string;
      readonly icon?: ThemeIcon;
      /** Called without arguments: see `ExplorerTree.selectedNode`. */
      readonly command?: Command;
    },
  ) {}

  treeItem(): TreeItem {
    const item = new TreeItem(this.text.label);
    item.id = this.id;
    if (this.text.description !== undefined) item.description = this.text.description;
    if (this.text.icon !== undefined) item.iconPath = this.text.icon;
    if (this.text.command !== undefined) item.command = this.text.command;
    item.tooltip = this.text.tooltip ?? this.text.label;
    return item;
  }

  children(): Promise<readonly ExplorerNode[]> {
    return Promise.resolve([]);
  }
}

/** Says that there is nothing below `parent`. */
export function emptyNode(parent: ExplorerNode, label: string): ExplorerNode {
  return new MessageNode(`${parent.id}/empty`, parent, { label });
}

/** Says what failed below `parent`; clicking it tries again. */
export function errorNode(parent: ExplorerNode, error: unknown): ExplorerNode {
  return new MessageNode(`${parent.id}/error`, parent, {
    label: l10n.t('Could not be read'),
    description: messageOf(error),
    tooltip: l10n.t('{0}\nClick to try again.', messageOf(error)),
    icon: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
    command: { command: Commands.retry, title: l10n.t('Try Again') },
  });
}

/** Stands below the loaded children of a paged node; clicking it loads the next page. */
export function loadMoreNode(parent: ExplorerNode): ExplorerNode {
  return new MessageNode(`${parent.id}/more`, parent, {
    label: l10n.t('Load more…'),
    icon: new ThemeIcon('ellipsis'),
    command: { command: Commands.loadMore, title: l10n.t('Load More') },
  });
}
