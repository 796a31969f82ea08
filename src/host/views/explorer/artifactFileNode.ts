import { posix } from 'node:path';
import { l10n, ThemeIcon, TreeItem, type Uri } from 'vscode';
import type { ArtifactEntry } from '../../../core/domain/artifact.js';
import { formatBytes } from '../../../core/domain/format.js';
import { Commands } from '../../../manifest/commands.js';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import { artifactUri } from '../../artifacts/artifactUri.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import type { ExplorerNode } from './explorerNode.js';

/** The run whose artifacts are shown. */
export interface ArtifactOwner extends ExplorerNode {
  readonly store: WorkspaceStore;
  readonly runId: string;
  /** Draws a node below the run again. */
  redraw(node: ExplorerNode): void;
}

/** A file among a run's artifacts; clicking it opens it in an editor. */
export class ArtifactFileNode implements ExplorerNode {
  readonly id: string;
  readonly uri: Uri;

  constructor(
    readonly parent: ExplorerNode,
    owner: ArtifactOwner,
    public entry: ArtifactEntry,
  ) {
    this.id = `${parent.id}/${posix.basename(entry.path)}`;
    this.uri = artifactUri({ storeKey: owner.store.key, runId: owner.runId, path: entry.path });
  }

  treeItem(): TreeItem {
    const name = posix.basename(this.entry.path);
    const item = new TreeItem(name);
    item.id = this.id;
    // The icon theme's own icon for such a file.
    item.iconPath = ThemeIcon.File;
    item.resourceUri = this.uri;
    item.contextValue = TreeContexts.artifactFile;
    if (this.entry.size !== undefined) item.description = formatBytes(this.entry.size);
    item.tooltip = this.entry.path;
    // Without arguments: see `ExplorerTree.selectedNode`.
    item.command = { command: Commands.openArtifact, title: l10n.t('Open Artifact') };
    item.accessibilityInformation = { label: l10n.t('Artifact {0}', name) };
    return item;
  }

  children(): Promise<readonly ExplorerNode[]> {
    return Promise.resolve([]);
  }
}
