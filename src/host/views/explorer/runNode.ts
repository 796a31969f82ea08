import { type Command, l10n, type MarkdownString, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type Run } from '../../../core/domain/run.js';
import type { Staleness } from '../../../core/domain/runLiveness.js';
import { runDescription } from '../../../core/explorer/describeRun.js';
import { Commands } from '../../../manifest/commands.js';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import type { ExperimentRuns } from '../../../core/explorer/experimentRuns.js';
import { ArtifactFolderNode } from './artifactFolderNode.js';
import type { ExplorerContext, ExplorerNode, PagedNode } from './explorerNode.js';
import { errorNode, loadMoreNode } from './messageNode.js';
import { runTooltip } from './runTooltip.js';
import { statusIcon, statusLabel } from './runStatus.js';
import { staleIcon } from './staleRun.js';
import { metricsGroup, paramsGroup, tagsGroup, type ValuesNode } from './valuesNode.js';

/** What a run's node needs of its experiment's. */
export interface RunOwner {
  readonly store: WorkspaceStore;
  readonly experiment: { readonly name: string };
  readonly context: ExplorerContext;
  readonly runs: ExperimentRuns;
  nodeOf(run: Run, parent: ExplorerNode): ExplorerNode;
}

/** A run: what it logged and the runs nested in it are below it. */
export class RunNode implements PagedNode {
  readonly id: string;
  private readonly groups: readonly ValuesNode[];
  private readonly artifacts: ArtifactFolderNode;
  private failure: unknown;
  private drawn: string | undefined;

  constructor(
    readonly experiment: RunOwner,
    readonly parent: ExplorerNode,
    public run: Run,
  ) {
    // A run that moves below another becomes another node for VS Code: ids are unique, and tell the place.
    this.id = `${parent.id}/${run.info.runId}`;
    this.groups = [paramsGroup(this), metricsGroup(this), tagsGroup(this)];
    this.artifacts = new ArtifactFolderNode(this, this, '');
  }

  get store(): WorkspaceStore {
    return this.experiment.store;
  }

  get runId(): string {
    return this.run.info.runId;
  }

  /** Why its run is not believed to be running, although its status says so. */
  get staleness(): Staleness | undefined {
    return this.run.info.status === 'RUNNING'
      ? this.experiment.context.staleRuns.get(this.store, this.runId)
      : undefined;
  }

  /** Gives the node new facts of its run. */
  show(run: Run): void {
    if (this.run !== run) {
      const ended = this.run.info.status !== run.info.status;
      this.run = run;
      this.artifacts.reset(!ended);
    }
  }

  treeItem(): TreeItem {
    const { run } = this;
    const item = new TreeItem(run.info.runName || run.info.runId, TreeItemCollapsibleState.Collapsed);
    item.id = this.id;
    this.drawn = this.description();
    item.description = this.drawn;
    item.contextValue = this.contextValue();
    item.iconPath = this.staleness ? staleIcon() : statusIcon(run.info.status);
    item.command = openCommand();
    const label = [run.info.runName, statusLabel(run.info.status), item.description];
    item.accessibilityInformation = { label: l10n.t('Run {0}', label.filter(Boolean).join(', ')) };
    return item;
  }

  /** With all that is known of the run; its line is made of an excerpt. */
  async hover(): Promise<MarkdownString> {
    const { experiment, context, runs } = this.experiment;
    const whole = await runs.whole(this.runId).catch(() => undefined);
    return runTooltip(whole ?? this.run, experiment.name, context.now(), this.staleness);
  }

  async children(): Promise<readonly ExplorerNode[]> {
    const { runs } = this.experiment;
    if (this.failure === undefined) {
      await this.attempt(() => runs.open(this.runId));
      this.run = runs.tree.get(this.runId) ?? this.run;
    }
    const own: ExplorerNode[] = [...this.groups.filter((group) => group.count > 0), this.artifacts];
    const nested = runs.tree.childrenOf(this.runId).map((run) => this.experiment.nodeOf(run, this));
    if (this.failure !== undefined) {
      return [...own, ...nested, errorNode(this, this.failure)];
    }
    return runs.hasMoreChildren(this.runId) ? [...own, ...nested, loadMoreNode(this)] : [...own, ...nested];
  }

  loadMore(): Promise<void> {
    return this.attempt(() => this.experiment.runs.loadChildren(this.runId));
  }

  reset(): void {
    this.failure = undefined;
    this.artifacts.reset();
  }

  setExpanded(expanded: boolean): void {
    if (!expanded) {
      this.experiment.runs.close(this.runId);
    }
  }

  redraw(node: ExplorerNode): void {
    this.experiment.context.redraw(node);
  }

  private contextValue(): string {
    const { state } = this.store;
    const isReadOnly =
      state.kind === 'open' && state.store.server.identity.store.readOnlyReason !== undefined;
    return this.run.info.status === 'RUNNING' && !isReadOnly ? TreeContexts.runningRun : TreeContexts.run;
  }

  /** Whether the line that VS Code has says something else than one made now. */
  get isOutdated(): boolean {
    return this.drawn !== undefined && this.drawn !== this.description();
  }

  private description(): string {
    const { context } = this.experiment;
    const described = runDescription(this.run, context.metric(), context.now());
    return this.staleness ? [l10n.t('stale'), described].filter(Boolean).join(' · ') : described;
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

let command: Command | undefined;

/** One for all runs. Without arguments: see `ExplorerTree.selectedNode`. */
function openCommand(): Command {
  command ??= { command: Commands.openRun, title: l10n.t('Open Run') };
  return command;
}
