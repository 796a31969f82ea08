import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import { type Disposable, DisposableStore } from '../../../core/base/disposable.js';
import { messageOf } from '../../../core/base/errors.js';
import type { Logger } from '../../../core/base/logger.js';
import { ANY_CHANGE } from '../../../core/domain/changes.js';
import { Pace } from '../../../core/explorer/pace.js';
import { PendingChanges } from '../../../core/explorer/pendingChanges.js';
import { ContextKeys } from '../../../manifest/contextKeys.js';
import { setContextKey } from '../../platform/contextKeys.js';
import type { StaleRunsChange } from '../../stores/staleRuns.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import type { WorkspaceStores } from '../../stores/workspaceStores.js';
import type { ExplorerContext, ExplorerFacts, ExplorerNode, PagedNode } from './explorerNode.js';
import { fileStoreNode } from './fileStoreNode.js';
import { StoreNode } from './storeNode.js';

/** Changes are taken in soon, and those together that come in the pause after the last ones. */
const PACE = { soon: 30, pause: 300 };
/** How often and after which time the selection is looked at again while rows are drawn. */
const SELECTION_LOOKS = 40;
const SELECTION_LOOK_MS = 50;

/** A store in the tree with what has changed in it since its nodes were brought up to date. */
interface FollowedStore {
  readonly node: StoreNode;
  readonly pending: PendingChanges;
  readonly pace: Pace;
  /** Whether its experiments are seen when the view is. */
  expanded: boolean;
  readonly subscriptions: DisposableStore;
}

/** The nodes of the explorer. Follows the stores' change feeds while the view is seen. */
export class ExplorerTree implements TreeDataProvider<ExplorerNode>, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new EventEmitter<ExplorerNode[] | undefined>());
  private readonly followed = new Map<WorkspaceStore, FollowedStore>();
  private readonly fileStores = new Map<string, ExplorerNode>();
  private readonly context: ExplorerContext;
  private visible = false;
  /** What the view has selected: given by the view, which is made with the tree. */
  selection: () => readonly ExplorerNode[] = () => [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly stores: WorkspaceStores,
    facts: ExplorerFacts,
    private readonly logger: Logger,
  ) {
    this.context = { ...facts, redraw: (node) => this.changed.fire([node]) };
    this.disposables.add(stores.onDidChange(() => this.followStores()));
    this.followStores();
  }

  getTreeItem(node: ExplorerNode): TreeItem {
    return node.treeItem();
  }

  async resolveTreeItem(item: TreeItem, node: ExplorerNode): Promise<TreeItem> {
    const tooltip = await node.hover?.();
    if (tooltip !== undefined) {
      item.tooltip = tooltip;
    }
    return item;
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return node.parent;
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (node) {
      return [...(await node.children())];
    }
    const stores = this.stores.stores.flatMap((store) => this.followed.get(store)?.node ?? []);
    const fileStores = this.stores.foldersWithFileStore.map((folder) => this.fileStoreOf(folder));
    return [...stores, ...fileStores];
  }

  /** The nodes of the stores. */
  get storeNodes(): readonly StoreNode[] {
    return [...this.followed.values()].map(({ node }) => node);
  }

  /**
   * The selected node. Commands of rows ask for it instead of being given their node: VS Code drops the arguments of
   * a row's command when the row is drawn again, so that a click on a run that is training was lost now and then.
   * While the rows around it are drawn again VS Code knows that a row is selected, but not which node it stands for;
   * so this waits a little.
   */
  async selectedNode(): Promise<ExplorerNode | undefined> {
    for (let look = 0; look < SELECTION_LOOKS; look += 1) {
      const [node] = this.selection();
      if (node) {
        return node;
      }
      await new Promise((resolve) => setTimeout(resolve, SELECTION_LOOK_MS));
    }
    return undefined;
  }

  /**
   * The node of an experiment or of a run in it, ready to be revealed: what is not loaded yet is loaded.
   * @returns undefined where the store has it no more
   */
  async nodeFor(
    store: WorkspaceStore,
    experimentId: string,
    runId?: string,
  ): Promise<ExplorerNode | undefined> {
    const storeNode = this.followed.get(store)?.node;
    const experiment = await storeNode?.nodeOfExperiment(experimentId);
    const node = runId === undefined ? experiment : await experiment?.nodeOfRun(runId);
    if (storeNode && node) {
      // What was loaded for it stands below nodes that VS Code may have drawn already.
      this.changed.fire([storeNode]);
    }
    return node;
  }

  /** The names of the metrics of the runs that are loaded, of all stores. */
  async loadedMetricKeys(): Promise<string[]> {
    const experiments = this.storeNodes.flatMap((node) => node.loadedExperiments);
    const keys = await Promise.all(experiments.map((node) => node.runs.metricKeys().catch(() => [])));
    return [...new Set(keys.flat())].sort();
  }

  /** Tells whether somebody sees what is below a node. Nothing is read for what nobody sees. */
  setExpanded(node: ExplorerNode, expanded: boolean): void {
    node.setExpanded?.(expanded);
    for (const followed of this.followed.values()) {
      if (followed.node === node) {
        followed.expanded = expanded;
        this.catchUp(followed);
      }
    }
  }

  /** Reads the runs again, because their lines are to show another metric. */
  metricChanged(): void {
    this.followed.forEach((followed) => {
      followed.pending.add(ANY_CHANGE);
      this.catchUp(followed);
    });
  }

  /** Tells whether anybody sees the tree. Nothing is read for a hidden one. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) {
      this.stores.watch();
      this.followed.forEach((followed) => this.catchUp(followed));
      this.redraw();
    }
  }

  /** Draws the runs again whose age reads differently now. */
  redrawAges(): void {
    const experiments = this.storeNodes.flatMap((node) => node.loadedExperiments);
    const outdated = experiments.flatMap((node) => node.outdatedRuns);
    if (this.visible && outdated.length > 0) {
      this.changed.fire([...outdated]);
    }
  }

  /** Draws the nodes again with what is known: decisions change without the store. */
  redraw(): void {
    if (this.visible) {
      this.changed.fire([...this.storeNodes]);
    }
  }

  /** Draws again what runs are below that have become stale, or are it no more. */
  redrawStale({ store, runs }: StaleRunsChange): void {
    const node = this.followed.get(store)?.node;
    if (this.visible && node !== undefined) {
      // The store's own line offers to end them: it changes with the first and the last one.
      const experiments = node.experimentNodes(new Set(runs.map(({ experimentId }) => experimentId)));
      this.changed.fire([node, ...experiments]);
    }
  }

  /** Reads a node again, or all of them. */
  refresh(node?: ExplorerNode): void {
    if (node?.reset) {
      node.reset();
      this.changed.fire([node]);
    } else {
      this.storeNodes.forEach((each) => each.reset());
      void this.stores.refresh();
    }
  }

  async loadMore(node: PagedNode): Promise<void> {
    await node.loadMore();
    this.changed.fire([node]);
  }

  private followStores(): void {
    for (const [store, { subscriptions }] of this.followed) {
      if (!this.stores.stores.includes(store)) {
        subscriptions.dispose();
        this.followed.delete(store);
      }
    }
    for (const store of this.stores.stores) {
      if (!this.followed.has(store)) {
        this.followed.set(store, this.follow(store));
      }
    }
    const count = this.followed.size + this.stores.foldersWithFileStore.length;
    void setContextKey(ContextKeys.hasStores, count > 0);
    this.changed.fire(undefined);
  }

  private follow(store: WorkspaceStore): FollowedStore {
    const subscriptions = new DisposableStore();
    const node = new StoreNode(store, this.context);
    const pace = subscriptions.add(new Pace(() => this.applyPending(followed), PACE));
    const followed: FollowedStore = {
      node,
      pending: new PendingChanges(),
      pace,
      expanded: true,
      subscriptions,
    };
    subscriptions.add(
      store.onDidChange((change) => {
        followed.pending.add(change);
        this.catchUp(followed);
      }),
    );
    subscriptions.add(store.onDidChangeState(() => this.showState(node)));
    return followed;
  }

  /** The store's own line changes; while it starts, its children are being waited for already. */
  private showState(node: StoreNode): void {
    if (node.store.state.kind === 'open') {
      node.recover();
    }
    if (this.visible && node.store.state.kind !== 'starting') {
      this.changed.fire([node]);
    }
  }

  /** Brings a store's nodes up to date a little later, so that changes in between are taken in together. */
  private catchUp(followed: FollowedStore): void {
    if (this.visible && followed.expanded) {
      followed.pace.request();
    }
  }

  private async applyPending(followed: FollowedStore): Promise<void> {
    const change = followed.pending.take();
    if (change === undefined) {
      return;
    }
    try {
      const nodes = await followed.node.apply(change);
      if (nodes.length > 0 && this.followed.has(followed.node.store)) {
        this.changed.fire([...nodes]);
      }
    } catch (error) {
      this.logger.error(`Bringing the explorer up to date: ${messageOf(error)}`);
    }
  }

  private fileStoreOf(folder: string): ExplorerNode {
    const node = this.fileStores.get(folder) ?? fileStoreNode(folder);
    this.fileStores.set(folder, node);
    return node;
  }

  dispose(): void {
    this.followed.forEach(({ subscriptions }) => subscriptions.dispose());
    this.disposables.dispose();
  }
}
