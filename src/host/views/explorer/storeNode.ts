import { basename } from 'node:path';
import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { StoreChange } from '../../../core/domain/changes.js';
import { ExperimentList, type ListUpdate } from '../../../core/explorer/experimentList.js';
import type { StoreInfo } from '../../../core/stores/storeInfo.js';
import type { TrackingDecision } from '../../../core/tracking/trackingDecision.js';
import { TreeContexts } from '../../../manifest/contextKeys.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import {
  backupSentence,
  lacksSentence,
  readOnlyAdvice,
  readOnlySentence,
  releasesSentence,
} from '../../stores/describeStore.js';
import { describeDecision } from '../../tracking/describeDecision.js';
import { ExperimentNode } from './experimentNode.js';
import type { ExplorerContext, ExplorerNode, PagedNode } from './explorerNode.js';
import { emptyNode, errorNode, loadMoreNode } from './messageNode.js';

/** A store: its experiments are below it. Its server is started when it is expanded. */
export class StoreNode implements PagedNode {
  readonly id: string;
  readonly parent = undefined;
  private readonly nodes = new Map<string, ExperimentNode>();
  private list: ExperimentList;
  private failure: unknown;
  /** Experiments that runs changed in and that are not among the loaded ones. */
  private readonly lookedFor = new Set<string>();

  constructor(
    readonly store: WorkspaceStore,
    private readonly context: ExplorerContext,
  ) {
    this.id = `store:${store.key}`;
    this.list = this.newList();
  }

  treeItem(): TreeItem {
    const item = new TreeItem(this.store.name, TreeItemCollapsibleState.Expanded);
    const decision = this.context.decision(this.store);
    item.id = this.id;
    item.description = this.description();
    item.contextValue = this.contextValue();
    // Green where terminals really log to it: tracking can be on while the person's own configuration wins.
    item.iconPath =
      decision?.kind === 'inject'
        ? new ThemeIcon('database', new ThemeColor('charts.green'))
        : new ThemeIcon('database');
    item.tooltip = this.tooltip(decision);
    item.accessibilityInformation = {
      label: l10n.t(
        'Store {0} in {1}, {2}',
        this.store.name,
        basename(this.store.folder),
        this.description(),
      ),
    };
    return item;
  }

  async children(): Promise<readonly ExplorerNode[]> {
    if (this.failure === undefined) {
      await this.attempt(() => this.list.ensureLoaded());
    }
    if (this.failure !== undefined) {
      return [errorNode(this, this.failure)];
    }
    const nodes = this.list.experiments.map((experiment) => this.nodeOf(experiment));
    if (nodes.length === 0) {
      return [emptyNode(this, l10n.t('No experiments yet'))];
    }
    return this.list.hasMore ? [...nodes, loadMoreNode(this)] : nodes;
  }

  loadMore(): Promise<void> {
    return this.attempt(() => this.list.loadMore());
  }

  reset(): void {
    this.failure = undefined;
    this.list = this.newList();
    this.lookedFor.clear();
    this.nodes.forEach((node) => node.reset());
  }

  /** Forgets that the store could not be reached; whether it had been so. */
  recover(): boolean {
    const failed = this.failure !== undefined;
    this.failure = undefined;
    return failed;
  }

  /** The experiments' nodes that there are, of these. */
  experimentNodes(experimentIds: ReadonlySet<string>): readonly ExperimentNode[] {
    return [...experimentIds].flatMap((experimentId) => this.nodes.get(experimentId) ?? []);
  }

  /** The nodes that have loaded anything. */
  get loadedExperiments(): readonly ExperimentNode[] {
    return [...this.nodes.values()].filter((node) => node.isLoaded);
  }

  /** Takes in what changed in the store and returns the nodes that look different now. */
  async apply(change: StoreChange): Promise<readonly ExplorerNode[]> {
    if (!this.list.isLoaded) {
      return this.recover() ? [this] : [];
    }
    const runs = runsByExperiment(change);
    const own = await this.applyToList(change, [...runs.keys()]);
    const nested: ExplorerNode[] = [];
    // One after the other: a store that is asked for everything at once answers nobody else.
    for (const node of this.loadedExperiments) {
      const changed = change.everything
        ? await node.reload()
        : await node.update(runs.get(node.experimentId) ?? []);
      nested.push(...changed);
    }
    return own.includes(this) ? own : [...own, ...nested];
  }

  /** Reads the experiments again where they may have changed, and returns the nodes that look different now. */
  private async applyToList(
    change: StoreChange,
    touched: readonly string[],
  ): Promise<readonly ExplorerNode[]> {
    const known = new Set(this.list.experiments.map(({ experimentId }) => experimentId));
    // An experiment that is not among the loaded ones may be new; it is looked for once.
    const unknown = touched.filter((id) => !known.has(id) && !this.lookedFor.has(id));
    unknown.forEach((id) => this.lookedFor.add(id));
    if (!change.everything && change.experimentIds.length === 0 && unknown.length === 0) {
      return [];
    }
    let update: ListUpdate = { changed: [], structure: true };
    await this.attempt(async () => {
      update = await this.list.reload();
    });
    return update.structure ? [this] : update.changed.map((experiment) => this.nodeOf(experiment));
  }

  /** The node of an experiment, for which the list is read on as far as it takes; undefined where there is none. */
  async nodeOfExperiment(experimentId: string): Promise<ExperimentNode | undefined> {
    await this.list.loadUntil(experimentId);
    const experiment = this.list.experiments.find((each) => each.experimentId === experimentId);
    return experiment && this.nodeOf(experiment);
  }

  private nodeOf(experiment: ExperimentNode['experiment']): ExperimentNode {
    const known = this.nodes.get(experiment.experimentId);
    if (known) {
      known.experiment = experiment;
      return known;
    }
    const node = new ExperimentNode(this, experiment, this.context);
    this.nodes.set(experiment.experimentId, node);
    return node;
  }

  private newList(): ExperimentList {
    return new ExperimentList(this.store.tracking, this.context.pageSize);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
    }
  }

  private contextValue(): string {
    const tracking = this.context.tracking(this.store);
    const values = {
      on: TreeContexts.trackedStore,
      off: TreeContexts.untrackedStore,
      elsewhere: TreeContexts.store,
    };
    const { info } = this.store;
    const suffixes = [
      this.context.staleRuns.of(this.store).length > 0 && TreeContexts.staleSuffix,
      info?.readOnlyReason !== undefined && TreeContexts.readOnlySuffix,
      info?.isOutdated && TreeContexts.outdatedSuffix,
      info?.backup?.kind === 'made' && TreeContexts.backupSuffix,
      this.context.isOpenedByHand(this.store) && TreeContexts.openedSuffix,
    ];
    return values[tracking] + suffixes.filter((suffix) => typeof suffix === 'string').join('');
  }

  private description(): string {
    const { state } = this.store;
    const folder = basename(this.store.folder);
    if (state.kind === 'starting') return l10n.t('{0} · starting…', folder);
    if (state.kind === 'failed') return l10n.t('{0} · not running', folder);
    const { info } = this.store;
    if (info?.backup?.kind === 'running') return l10n.t('{0} · backing up…', folder);
    if (info?.backup?.kind === 'failed') return l10n.t('{0} · no backup', folder);
    return info?.readOnlyReason ? l10n.t('{0} · read-only', folder) : folder;
  }

  private tooltip(decision: TrackingDecision | undefined): MarkdownString {
    const { state } = this.store;
    const lines = [this.store.path];
    // Why it is read-only is said with more below.
    if (decision && decision.kind !== 'readOnly') lines.push(describeDecision(decision).sentence);
    else if (state.kind === 'failed') lines.push(state.message);
    const { info } = this.store;
    if (info) lines.push(...sentencesOf(info));
    return new MarkdownString().appendText(lines.join('\n'));
  }
}

/** The ids of the runs that changed, by their experiment. */
function runsByExperiment(change: StoreChange): Map<string, string[]> {
  const runs = new Map<string, string[]>();
  for (const { runId, experimentId } of change.runs) {
    const known = runs.get(experimentId);
    if (known) {
      known.push(runId);
    } else {
      runs.set(experimentId, [runId]);
    }
  }
  return runs;
}

function sentencesOf(info: StoreInfo): string[] {
  const sentences = [
    info.exists ? undefined : l10n.t('The database is made when the first run is logged.'),
    readOnlySentence(info),
    readOnlyAdvice(info),
    releasesSentence(info),
    lacksSentence(info),
    info.backup && backupSentence(info.backup),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}
