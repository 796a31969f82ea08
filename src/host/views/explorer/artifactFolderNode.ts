import { posix } from 'node:path';
import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ArtifactEntry } from '../../../core/domain/artifact.js';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import { ArtifactFileNode, type ArtifactOwner } from './artifactFileNode.js';
import type { ExplorerNode } from './explorerNode.js';
import { emptyNode, errorNode } from './messageNode.js';

/** How old a listing may be while its run goes on: files are written without the store's knowledge. */
const FRESH_MS = 2_000;

/** A folder of a run's artifacts, or the root of them. Listed when it is expanded. */
export class ArtifactFolderNode implements ExplorerNode {
  readonly id: string;
  private readonly nodes = new Map<string, ArtifactFolderNode | ArtifactFileNode>();
  private entries: readonly ArtifactEntry[] | undefined;
  private listedAt = 0;
  private shownCount: number | undefined;

  /** @param path below the run's artifact root; empty for the root */
  constructor(
    readonly parent: ExplorerNode,
    private readonly owner: ArtifactOwner,
    private readonly path: string,
  ) {
    this.id = path === '' ? `${parent.id}/artifacts` : `${parent.id}/${posix.basename(path)}`;
  }

  treeItem(): TreeItem {
    const isRoot = this.path === '';
    const label = isRoot ? l10n.t('Artifacts') : posix.basename(this.path);
    const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
    item.id = this.id;
    item.iconPath = isRoot ? new ThemeIcon('files') : ThemeIcon.Folder;
    if (!isRoot) item.contextValue = TreeContexts.artifactFolder;
    this.shownCount = this.entries?.length ?? this.shownCount;
    if (isRoot && this.shownCount !== undefined) item.description = String(this.shownCount);
    item.accessibilityInformation = { label: isRoot ? label : l10n.t('Folder {0}', label) };
    return item;
  }

  async children(): Promise<readonly ExplorerNode[]> {
    let entries: readonly ArtifactEntry[];
    try {
      entries = this.entries ?? (await this.list());
    } catch (error) {
      return [errorNode(this, error)];
    }
    if (entries.length === 0) {
      return [emptyNode(this, l10n.t('No artifacts'))];
    }
    return [...entries].sort(foldersFirst).map((entry) => this.nodeOf(entry));
  }

  /** Lists again on the next occasion, unless the listing is recent and `unlessFresh`. */
  reset(unlessFresh = false): void {
    if (unlessFresh && Date.now() - this.listedAt < FRESH_MS) {
      return;
    }
    this.entries = undefined;
    for (const node of this.nodes.values()) {
      if (node instanceof ArtifactFolderNode) {
        node.reset();
      }
    }
  }

  private async list(): Promise<readonly ArtifactEntry[]> {
    const store = await this.owner.store.connect();
    const { entries } = await store.artifacts.list(this.owner.runId, this.path);
    this.entries = entries;
    this.listedAt = Date.now();
    if (this.path === '' && this.shownCount !== entries.length) {
      // Its line was drawn before the number was known.
      this.owner.redraw(this);
    }
    return entries;
  }

  private nodeOf(entry: ArtifactEntry): ExplorerNode {
    const known = this.nodes.get(entry.path);
    if (entry.isDirectory) {
      const node = known instanceof ArtifactFolderNode ? known : undefined;
      return this.keep(entry.path, node ?? new ArtifactFolderNode(this, this.owner, entry.path));
    }
    if (known instanceof ArtifactFileNode) {
      known.entry = entry;
      return known;
    }
    return this.keep(entry.path, new ArtifactFileNode(this, this.owner, entry));
  }

  private keep(path: string, node: ArtifactFolderNode | ArtifactFileNode): ExplorerNode {
    this.nodes.set(path, node);
    return node;
  }
}

function foldersFirst(a: ArtifactEntry, b: ArtifactEntry): number {
  return Number(b.isDirectory) - Number(a.isDirectory) || (a.path < b.path ? -1 : 1);
}
