import { commands, l10n, ProgressLocation, window } from 'vscode';
import { type Disposable, DisposableStore, toDisposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import { askForBackup } from '../../core/client/storeFile.js';
import { formatBytes } from '../../core/domain/format.js';
import { Commands } from '../../manifest/commands.js';
import { BACKUP } from '../../manifest/settings.js';
import { showError } from '../platform/notify.js';
import type { Settings } from '../platform/settings.js';
import type { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';

/** From this size on, in bytes, a backup takes seconds: it is made when tracking starts, and its progress is shown. */
const LARGE = 200_000_000;

const SETTING = 'mlflowWorkbench.tracking.backup';

/** Follows the backups of the stores: shows the progress of long ones, and says when one cannot be made. */
export class BackupNotices implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly watched = new Map<WorkspaceStore, Disposable>();
  private readonly shown = new Map<WorkspaceStore, () => void>();
  private readonly failures = new Map<WorkspaceStore, string>();

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly settings: Settings,
    private readonly logger: Logger,
  ) {
    this.disposables.add(stores.onDidChange(() => this.follow()));
    this.disposables.add(
      settings.onDidChange((changed) => {
        if (changed.includes(SETTING)) {
          stores.stores.forEach((store) => void this.ask(store, { wanted: this.isWanted }));
        }
      }),
    );
    this.disposables.add(toDisposable(() => this.watched.forEach((each) => each.dispose())));
    this.follow();
  }

  /** Whether backups are made before first writes. */
  get isWanted(): boolean {
    return this.settings.get(SETTING) !== BACKUP.off;
  }

  /** Begins with the backup of a large database, as its first write would have to wait for it. */
  async prepare(store: WorkspaceStore): Promise<void> {
    const { server } = await store.connect();
    const { backup } = server.identity.store;
    if (backup?.kind === 'due' && backup.bytes >= LARGE) {
      await this.ask(store, { now: true });
    }
  }

  private async ask(
    store: WorkspaceStore,
    wish: { readonly wanted?: boolean; readonly now?: boolean },
  ): Promise<void> {
    if (store.state.kind !== 'open') {
      return;
    }
    try {
      await askForBackup(store.state.store.server.uri, wish);
      await store.renew();
    } catch (error) {
      this.logger.warn(`Asking for a backup of ${store.path}: ${messageOf(error)}`);
    }
  }

  private follow(): void {
    for (const [store, watcher] of this.watched) {
      if (!this.stores.stores.includes(store)) {
        watcher.dispose();
        this.watched.delete(store);
        this.hide(store);
      }
    }
    for (const store of this.stores.stores) {
      if (!this.watched.has(store)) {
        this.watched.set(
          store,
          store.onDidChangeState(() => this.show(store)),
        );
      }
    }
  }

  private show(store: WorkspaceStore): void {
    const backup = store.info?.backup;
    if (backup?.kind === 'running' && backup.bytes >= LARGE) {
      this.showProgress(store, backup.bytes);
    } else {
      this.hide(store);
    }
    if (backup?.kind === 'failed') {
      this.showFailure(store, backup.message);
    } else if (store.info !== undefined) {
      this.failures.delete(store);
    }
  }

  private showProgress(store: WorkspaceStore, bytes: number): void {
    if (this.shown.has(store)) {
      return;
    }
    const title = l10n.t(
      'MLflow: backing up {0} ({1}) before the first write…',
      store.name,
      formatBytes(bytes),
    );
    void window.withProgress({ location: ProgressLocation.Window, title }, () => {
      return new Promise<void>((resolve) => this.shown.set(store, resolve));
    });
  }

  private hide(store: WorkspaceStore): void {
    this.shown.get(store)?.();
    this.shown.delete(store);
  }

  /** Once for each reason: a script that goes on trying is answered the same again and again. */
  private showFailure(store: WorkspaceStore, message: string): void {
    if (this.failures.get(store) === message) {
      return;
    }
    this.failures.set(store, message);
    void showError(
      message,
      {
        title: l10n.t('Open Settings'),
        run: () => commands.executeCommand('workbench.action.openSettings', SETTING),
      },
      { title: l10n.t('Show Output'), run: () => commands.executeCommand(Commands.showOutput) },
    );
  }

  dispose(): void {
    this.shown.forEach((end) => end());
    this.disposables.dispose();
  }
}
