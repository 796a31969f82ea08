import { MarkdownString, TreeItem } from 'vscode';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import type { ExplorerNode } from './explorerNode.js';

const SHOWN_LENGTH = 200;
const TOOLTIP_LENGTH = 2_000;

/** A parameter, a metric's latest value or a tag. */
export interface NamedValue {
  readonly key: string;
  /** In full, as it is copied. */
  readonly value: string;
  /** As it is shown. */
  readonly shown: string;
}

export class ValueNode implements ExplorerNode {
  readonly id: string;

  constructor(
    readonly parent: ExplorerNode,
    readonly named: NamedValue,
  ) {
    this.id = `${parent.id}/${named.key}`;
  }

  treeItem(): TreeItem {
    const { key, shown } = this.named;
    const item = new TreeItem(key);
    const firstLine = shown.split(/\r?\n/, 1)[0] ?? '';
    item.id = this.id;
    item.description = firstLine.slice(0, SHOWN_LENGTH);
    item.contextValue = TreeContexts.value;
    item.accessibilityInformation = { label: `${key}: ${item.description}` };
    return item;
  }

  hover(): MarkdownString {
    const { key, value } = this.named;
    return new MarkdownString().appendText(`${key}: ${value.slice(0, TOOLTIP_LENGTH)}`);
  }

  children(): Promise<readonly ExplorerNode[]> {
    return Promise.resolve([]);
  }
}
