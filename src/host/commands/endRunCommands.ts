import { l10n, type QuickPickItem, QuickPickItemKind, ProgressLocation, window } from 'vscode';
import type { StaleRun } from '../../core/tracking/staleRunSet.js';
import { inform, showError } from '../platform/notify.js';
import { type EndedRuns, type EndStatus, endRuns, type RunEnd } from '../stores/endRuns.js';
import type { StaleRuns } from '../stores/staleRuns.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import { ExperimentNode } from '../views/explorer/experimentNode.js';
import { RunNode } from '../views/explorer/runNode.js';
import { StoreNode } from '../views/explorer/storeNode.js';

/** With more runs than this, one sees how far it is. */
const WITHOUT_PROGRESS = 10;
const MESSAGE_MS = 6_000;

interface StaleInStore extends StaleRun {
  readonly store: WorkspaceStore;
}

interface EndItem extends QuickPickItem {
  readonly status?: EndStatus;
  readonly runs?: readonly StaleInStore[];
}

/** Ending runs whose status is RUNNING by hand: those that are chosen, or all that are stale. */
export class EndRunCommands {
  constructor(
    private readonly stores: WorkspaceStores,
    private readonly stale: StaleRuns,
  ) {}

  readonly setFailed = (node?: unknown, selection?: unknown): Promise<void> =>
    this.endNodes('FAILED', node, selection);

  readonly setKilled = (node?: unknown, selection?: unknown): Promise<void> =>
    this.endNodes('KILLED', node, selection);

  /** Ends one run that may be stale, as the run's page asks for it. */
  readonly endRun = (store: WorkspaceStore, runId: string, status: EndStatus): Promise<void> =>
    this.end([{ store, runId, endTime: this.endOf(store, runId) }], status);

  /** Asks what becomes of the stale runs of an experiment, of a store or of all of them. */
  readonly setStale = async (node?: unknown): Promise<void> => {
    const stores = this.scopeOf(node);
    const experimentId = node instanceof ExperimentNode ? node.experimentId : undefined;
    const open = stores.filter(({ state }) => state.kind === 'open');
    await Promise.all(open.map((store) => this.stale.refresh(store)));
    const runs = open.flatMap((store) =>
      this.stale.of(store, experimentId).map((run) => ({ ...run, store })),
    );
    if (runs.length === 0) {
      await inform(l10n.t('No run is stale.'));
      return;
    }
    const picked = await window.showQuickPick(itemsFor(runs), {
      title: l10n.t('Set All Stale Runs'),
      placeHolder: l10n.t('The end of their process, or their last sign, becomes their end'),
    });
    if (picked?.status !== undefined && picked.runs !== undefined) {
      await this.endStale(picked.runs, picked.status);
    }
  };

  private scopeOf(node: unknown): readonly WorkspaceStore[] {
    return node instanceof ExperimentNode || node instanceof StoreNode ? [node.store] : this.stores.stores;
  }

  /** Asks again before: a run may have ended, or been heard of, while the person was choosing. */
  private async endStale(runs: readonly StaleInStore[], status: EndStatus): Promise<void> {
    await Promise.all([...new Set(runs.map(({ store }) => store))].map((store) => this.stale.refresh(store)));
    const still = runs.flatMap(({ store, runId }) => {
      const staleness = this.stale.get(store, runId);
      return staleness === undefined ? [] : [{ store, runId, endTime: staleness.since }];
    });
    await this.end(still, status);
  }

  private async endNodes(status: EndStatus, node: unknown, selection: unknown): Promise<void> {
    const nodes: readonly unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [node];
    const running = nodes.flatMap((each) =>
      each instanceof RunNode && each.run.info.status === 'RUNNING' ? [each] : [],
    );
    const runs = running.map(({ store, runId }) => ({ store, runId, endTime: this.endOf(store, runId) }));
    await this.end(runs, status);
  }

  /** Of a run that is not stale the person says that it has ended now. */
  private endOf(store: WorkspaceStore, runId: string): number {
    return this.stale.get(store, runId)?.since ?? Date.now();
  }

  private async end(runs: readonly RunEnd[], status: EndStatus): Promise<void> {
    if (runs.length === 0) {
      window.setStatusBarMessage(l10n.t('No run was changed.'), MESSAGE_MS);
      return;
    }
    const result =
      runs.length > WITHOUT_PROGRESS
        ? await endWithProgress(runs, status)
        : await endRuns(runs, status, () => true);
    await tell(result, status);
  }
}

function endWithProgress(runs: readonly RunEnd[], status: EndStatus): Thenable<EndedRuns> {
  const title = l10n.t('Setting {0} runs to {1}', runs.length, wordOf(status));
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (progress, cancellation) => {
    const increment = 100 / runs.length;
    return endRuns(runs, status, () => {
      progress.report({ increment });
      return !cancellation.isCancellationRequested;
    });
  });
}

async function tell({ ended, failures }: EndedRuns, status: EndStatus): Promise<void> {
  const done =
    ended === 1
      ? l10n.t('1 run was set to {0}.', wordOf(status))
      : l10n.t('{0} runs were set to {1}.', ended, wordOf(status));
  window.setStatusBarMessage(`$(check) ${done}`, MESSAGE_MS);
  if (failures.length > 0) {
    await showError(l10n.t('{0} {1} could not be changed: {2}', done, failures.length, failures[0] ?? ''));
  }
}

/** Both statuses; where some runs are only silent, those whose processes have ended can be chosen alone. */
function itemsFor(runs: readonly StaleInStore[]): EndItem[] {
  const gone = runs.filter(({ kind }) => kind === 'gone');
  const mixed = gone.length > 0 && gone.length < runs.length;
  const all = itemsOf(runs);
  if (!mixed) {
    return all;
  }
  return [
    { label: l10n.t('Those whose process has ended'), kind: QuickPickItemKind.Separator },
    ...itemsOf(gone),
    { label: l10n.t('Those that are only silent, too'), kind: QuickPickItemKind.Separator },
    ...all,
  ];
}

function itemsOf(runs: readonly StaleInStore[]): EndItem[] {
  const description = runs.length === 1 ? l10n.t('1 run') : l10n.t('{0} runs', runs.length);
  return [
    { label: `$(error) ${wordOf('FAILED')}`, description, status: 'FAILED', runs },
    { label: `$(circle-slash) ${wordOf('KILLED')}`, description, status: 'KILLED', runs },
  ];
}

function wordOf(status: EndStatus): string {
  return status === 'FAILED' ? l10n.t('Failed') : l10n.t('Killed');
}
