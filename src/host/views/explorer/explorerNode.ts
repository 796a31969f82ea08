import type { MarkdownString, TreeItem } from 'vscode';
import type { TrackingDecision } from '../../../core/tracking/trackingDecision.js';
import type { StaleRuns } from '../../stores/staleRuns.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';

/**
 * A node of the explorer. Nodes are kept and handed out again while what they show exists, and their `id`
 * stays, so that VS Code keeps what is expanded and selected over refreshes.
 */
export interface ExplorerNode {
  readonly id: string;
  readonly parent: ExplorerNode | undefined;
  /** Its line. Made for hundreds of nodes at once, so what only a hovering pointer shows comes from {@link hover}. */
  treeItem(): TreeItem;
  /** Its tooltip, where {@link treeItem} has none. May read what the line does not show. */
  hover?(): MarkdownString | Promise<MarkdownString>;
  /** May load; what is loaded already is handed out without asking the store. */
  children(): Promise<readonly ExplorerNode[]>;
  /** Forgets what was loaded, so that the next {@link children} asks again. */
  reset?(): void;
  /** Tells that the person sees its children, or does not any more. Asking for {@link children} means that they do. */
  setExpanded?(expanded: boolean): void;
}

/** A node whose children come in pages. */
export interface PagedNode extends ExplorerNode {
  loadMore(): Promise<void>;
}

/** What nodes need of the tree that they are in. */
export interface ExplorerContext extends ExplorerFacts {
  /** Draws a node again that has learned something about itself. */
  readonly redraw: (node: ExplorerNode) => void;
}

/** What nodes need to know of their surroundings. */
export interface ExplorerFacts {
  readonly pageSize: () => number;
  /** The metric that runs show; empty for the first one. */
  readonly metric: () => string;
  readonly now: () => number;
  /** Whether tracking is on in the folder of the store's database, or the store is of no workspace folder. */
  readonly tracking: (store: WorkspaceStore) => 'on' | 'off' | 'elsewhere';
  /** Where the terminals of the store's folder log to; undefined where the store is of no workspace folder. */
  readonly decision: (store: WorkspaceStore) => TrackingDecision | undefined;
  readonly isOpenedByHand: (store: WorkspaceStore) => boolean;
  readonly staleRuns: Pick<StaleRuns, 'get' | 'of'>;
}
