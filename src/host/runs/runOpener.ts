import { l10n } from 'vscode';
import type { UiTarget } from '../../core/runs/uiLinks.js';
import { warn } from '../platform/notify.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { ExplorerTree } from '../views/explorer/explorerTree.js';
import type { ExplorerView } from '../views/explorer/explorerView.js';
import type { RunPages } from '../webviews/runPage/runPages.js';

/** Shows runs and experiments from wherever they are named. */
export class RunOpener {
  constructor(
    private readonly pages: RunPages,
    private readonly tree: ExplorerTree,
    private readonly view: ExplorerView,
  ) {}

  /** Opens what a link names: a run's page, or an experiment in the explorer. */
  async show(store: WorkspaceStore, target: UiTarget): Promise<void> {
    if (target.kind === 'run') {
      this.openPage(store, target.runId);
    } else {
      await this.reveal(store, target.experimentId);
    }
  }

  /** @param title until the run is read */
  openPage(store: WorkspaceStore, runId: string, title = runId): void {
    this.pages.open(store, runId, title);
  }

  /** Shows an experiment, or a run in it, in the explorer. */
  async reveal(store: WorkspaceStore, experimentId: string, runId?: string): Promise<void> {
    const node = await this.tree.nodeFor(store, experimentId, runId);
    if (node) {
      await this.view.reveal(node);
    } else if (runId === undefined) {
      await warn(l10n.t('The store {0} has no experiment {1}.', store.name, experimentId));
    } else {
      await warn(l10n.t('The store {0} has no run {1} in its active experiments.', store.name, runId));
    }
  }
}
