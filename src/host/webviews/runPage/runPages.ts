import { type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../../core/base/disposable.js';
import type { Logger } from '../../../core/base/logger.js';
import { Panels } from '../../../manifest/views.js';
import type { RunPageState } from '../../../protocol/runPage.js';
import type { WorkspaceMemory } from '../../platform/workspaceMemory.js';
import type { StaleRuns } from '../../stores/staleRuns.js';
import type { WorkspaceStore } from '../../stores/workspaceStore.js';
import type { WorkspaceStores } from '../../stores/workspaceStores.js';
import { webviewFolder } from '../webviewHtml.js';
import { type RunEnding, RunPagePanel } from './runPagePanel.js';

export interface RunPagesOptions {
  readonly extensionUri: Uri;
  readonly stores: WorkspaceStores;
  readonly stale: StaleRuns;
  readonly ending: RunEnding;
  readonly memory: WorkspaceMemory;
  readonly logger: Logger;
}

/** The pages of runs: one for each run, shown again instead of opened twice, restored after a reload. */
export class RunPages implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly pages = new Map<string, { readonly page: RunPagePanel; readonly panel: WebviewPanel }>();

  constructor(private readonly options: RunPagesOptions) {
    this.disposables.add(
      window.registerWebviewPanelSerializer(Panels.runPage, {
        deserializeWebviewPanel: (panel, state: Partial<RunPageState> | undefined) =>
          this.restore(panel, state?.runId),
      }),
    );
  }

  /** Shows the page of a run. @param title until the run is read */
  open(store: WorkspaceStore, runId: string, title: string): void {
    const known = this.pages.get(pageKey(store.key, runId));
    if (known) {
      known.panel.reveal();
      return;
    }
    const panel = window.createWebviewPanel(Panels.runPage, title, ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(this.options.extensionUri)],
    });
    this.fill(panel, store, runId);
  }

  /** Whether the page of a run is open and not hidden behind another editor. */
  isVisible(store: WorkspaceStore, runId: string): boolean {
    return this.pages.get(pageKey(store.key, runId))?.panel.visible ?? false;
  }

  private fill(panel: WebviewPanel, store: WorkspaceStore, runId: string): void {
    const key = pageKey(store.key, runId);
    const page = new RunPagePanel({
      panel,
      extensionUri: this.options.extensionUri,
      store,
      runId,
      logger: this.options.logger,
      stale: this.options.stale,
      ending: this.options.ending,
      openRun: (other) => this.open(store, other, other),
    });
    this.pages.set(key, { page, panel });
    void this.options.memory.toggle('runPages.open', key, true);
    panel.onDidDispose(() => {
      page.dispose();
      this.pages.delete(key);
      void this.options.memory.toggle('runPages.open', key, false);
    });
  }

  /** The page itself keeps which run it shows; which store the run is in is remembered here. */
  private async restore(panel: WebviewPanel, runId: string | undefined): Promise<void> {
    const key = this.options.memory.get('runPages.open').find((each) => each.endsWith(`/${runId}`));
    const store =
      key === undefined ? undefined : await this.options.stores.find(key.slice(0, key.indexOf('/')));
    if (runId === undefined || store === undefined) {
      panel.dispose();
      return;
    }
    this.fill(panel, store, runId);
  }

  dispose(): void {
    this.disposables.dispose();
    this.pages.forEach(({ page }) => page.dispose());
  }
}

function pageKey(storeKey: string, runId: string): string {
  return `${storeKey}/${runId}`;
}
