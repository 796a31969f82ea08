import { l10n, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Experiment } from '../../../core/domain/experiment.js';
import type { Run } from '../../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import { ExperimentRuns } from '../../../core/explorer/experimentRuns.js';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import type { ExplorerContext, ExplorerNode, PagedNode } from './explorerNode.js';
import { emptyNode, errorNode, loadMoreNode } from './messageNode.js';
import { RunNode } from './runNode.js';
import { staleCount } from './staleRun.js';

/** Of more runs than these that changed unseen, everything that is loaded is read again. */
const MISSED_MAX = 500;

/** An experiment: its runs are below it, those at the top right below. */
export class ExperimentNode implements PagedNode {
  readonly id: string;
  runs: ExperimentRuns;
  private readonly nodes = new Map<string, RunNode>();
  private failure: unknown;
  private expanded = false;
  /** The runs that changed while nobody saw them. */
  private missed: ReadonlySet<string> | 'everything' | undefined;

  constructor(
    readonly parent: ExplorerNode & { readonly store: WorkspaceStore },
    public experiment: Experiment,
    readonly context: ExplorerContext,
  ) {
    this.id = `${parent.id}/${experiment.experimentId}`;
    this.runs = this.newRuns();
  }

  get store(): WorkspaceStore {
    return this.parent.store;
  }

  get experimentId(): string {
    return this.experiment.experimentId;
  }

  get isLoaded(): boolean {
    return this.runs.isLoaded || this.failure !== undefined;
  }

  treeItem(): TreeItem {
    const { name, experimentId } = this.experiment;
    const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
    item.id = this.id;
    const stale = this.context.staleRuns.of(this.store, experimentId).length;
    item.contextValue = TreeContexts.experiment + (stale > 0 ? TreeContexts.staleSuffix : '');
    if (stale > 0) item.description = staleCount(stale);
    item.iconPath = new ThemeIcon('beaker');
    const spoken = stale > 0 ? `${name}, ${staleCount(stale)}` : name;
    item.accessibilityInformation = { label: l10n.t('Experiment {0}', spoken) };
    return item;
  }

  hover(): MarkdownString {
    const { name, experimentId, artifactLocation, tags } = this.experiment;
    const note = tagValue(tags, SYSTEM_TAGS.note);
    const lines = [
      name,
      ...(note ? [note] : []),
      l10n.t('Experiment {0}', experimentId),
      l10n.t('Artifacts in {0}', artifactLocation),
    ];
    return new MarkdownString().appendText(lines.join('\n'));
  }

  async children(): Promise<readonly ExplorerNode[]> {
    this.expanded = true;
    if (this.missed !== undefined) {
      await this.catchUp(this.missed);
    }
    if (this.failure === undefined) {
      await this.attempt(() => this.runs.ensureLoaded());
    }
    if (this.failure !== undefined) {
      return [errorNode(this, this.failure)];
    }
    const nodes: ExplorerNode[] = this.runs.tree.roots().map((run) => this.nodeOf(run, this));
    if (nodes.length === 0 && !this.runs.hasMore) {
      return [emptyNode(this, l10n.t('No runs yet'))];
    }
    return this.runs.hasMore ? [...nodes, loadMoreNode(this)] : nodes;
  }

  loadMore(): Promise<void> {
    return this.attempt(() => this.runs.loadMore());
  }

  reset(): void {
    this.failure = undefined;
    this.missed = undefined;
    this.runs = this.newRuns();
  }

  setExpanded(expanded: boolean): void {
    this.expanded = expanded;
  }

  /** Reads again what is loaded, or does so when it is seen. */
  async reload(): Promise<readonly ExplorerNode[]> {
    if (!this.expanded) {
      return this.miss('everything');
    }
    await this.attempt(() => (this.runs.isLoaded ? this.runs.reload() : this.runs.loadMore()));
    this.refreshNodes(this.nodes.keys());
    return [this];
  }

  /** Reads these runs again and returns the nodes that look different now. */
  async update(runIds: readonly string[]): Promise<readonly ExplorerNode[]> {
    if (runIds.length === 0) {
      return [];
    }
    if (!this.expanded) {
      return this.miss(runIds);
    }
    if (this.failure !== undefined) {
      return this.reload();
    }
    try {
      const { changed, structure } = await this.runs.update(runIds);
      const nodes = this.refreshNodes(changed);
      return structure ? [this] : nodes;
    } catch (error) {
      this.failure = error;
      return [this];
    }
  }

  /** The node of a run that is taken in for it where it is not loaded; undefined where the experiment has it not. */
  async nodeOfRun(runId: string): Promise<RunNode | undefined> {
    await this.runs.include(runId);
    const above: Run[] = [];
    for (let run = this.runs.tree.get(runId); run !== undefined; run = this.runs.parentOf(run)) {
      above.unshift(run);
    }
    let node: RunNode | undefined;
    for (const run of above) {
      node = this.nodeOf(run, node ?? this);
    }
    return node;
  }

  /** The node of a run, below `parent`: an experiment or the run that it is nested in. */
  nodeOf(run: Run, parent: ExplorerNode): RunNode {
    const known = this.nodes.get(run.info.runId);
    if (known?.parent === parent) {
      known.show(run);
      return known;
    }
    const node = new RunNode(this, parent, run);
    this.nodes.set(run.info.runId, node);
    return node;
  }

  /** The runs whose lines say what is not so any more, such as their age. */
  get outdatedRuns(): readonly RunNode[] {
    return this.expanded ? [...this.nodes.values()].filter((node) => node.isOutdated) : [];
  }

  /** Nobody sees the runs: what changed is read when somebody does. VS Code learns once that what it has is old. */
  private miss(changed: readonly string[] | 'everything'): readonly ExplorerNode[] {
    const isFirst = this.missed === undefined;
    if (changed === 'everything' || this.missed === 'everything') {
      this.missed = 'everything';
    } else {
      const all = new Set([...(this.missed ?? []), ...changed]);
      this.missed = all.size > MISSED_MAX ? 'everything' : all;
    }
    return isFirst ? [this] : [];
  }

  private async catchUp(missed: ReadonlySet<string> | 'everything'): Promise<void> {
    this.missed = undefined;
    await (missed === 'everything' ? this.reload() : this.update([...missed]));
  }

  /** Gives the existing nodes of these runs their new facts. */
  private refreshNodes(runIds: Iterable<string>): RunNode[] {
    return [...runIds].flatMap((runId) => {
      const node = this.nodes.get(runId);
      const run = this.runs.tree.get(runId);
      if (!node || !run) {
        return [];
      }
      node.show(run);
      return [node];
    });
  }

  private newRuns(): ExperimentRuns {
    const { pageSize, metric } = this.context;
    return new ExperimentRuns(this.store.tracking, { experimentId: this.experimentId, pageSize, metric });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }
}
