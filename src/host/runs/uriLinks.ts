import { commands, l10n, type Uri, type UriHandler, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { isRunId } from '../../core/explorer/runFilters.js';
import { Commands } from '../../manifest/commands.js';
import { warn } from '../platform/notify.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { RunOpener } from './runOpener.js';

/** A store's key, as `storeKey` makes it. */
const STORE_KEY = /^[0-9a-f]{24}$/;
const EXPERIMENT_ID = /^\d{1,20}$/;

/**
 * Addresses that open something here, `vscode://mlflow-workbench.mlflow-workbench/` with `run?store=&run=`,
 * `experiment?store=&experiment=` or `find`. Anybody can write such an address: it opens what this window has, and
 * does nothing else.
 */
export class UriLinks implements UriHandler, Disposable {
  private readonly disposables = new DisposableStore();

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly opener: RunOpener,
  ) {
    this.disposables.add(window.registerUriHandler(this));
  }

  async handleUri({ path, query }: Uri): Promise<void> {
    const values = new URLSearchParams(query);
    const [key = '', run = '', experiment = ''] = ['store', 'run', 'experiment'].map((name) =>
      values.get(name),
    );
    if (path === '/find') {
      await commands.executeCommand(Commands.findRun);
      return;
    }
    const isRun = path === '/run' && isRunId(run ?? '');
    const isExperiment = path === '/experiment' && EXPERIMENT_ID.test(experiment ?? '');
    if (!STORE_KEY.test(key ?? '') || !(isRun || isExperiment)) {
      await warn(l10n.t('This link names no run and no experiment.'));
      return;
    }
    const store = await this.stores.find(key ?? '');
    if (store === undefined) {
      await warn(l10n.t('The store of this link is not open in this window.'));
    } else if (isRun) {
      this.opener.openPage(store, run ?? '');
    } else {
      await this.opener.reveal(store, experiment ?? '');
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
