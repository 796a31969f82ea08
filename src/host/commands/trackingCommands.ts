import { commands, env, l10n, window, workspace, type WorkspaceFolder } from 'vscode';
import { join } from 'node:path';
import type { BackupNotices } from '../backup/backupNotices.js';
import { Views } from '../../manifest/views.js';
import { isFile } from '../platform/files.js';
import { inform, warn } from '../platform/notify.js';
import { holdsFileStore } from '../stores/fileStore.js';
import { STORE_FILE, type WorkspaceStores } from '../stores/workspaceStores.js';
import type { TrackedFolders } from '../tracking/trackedFolders.js';
import type { TrackingDecisions } from '../tracking/trackingDecisions.js';
import { MIGRATE_COMMAND } from '../views/explorer/fileStoreNode.js';
import { StoreNode } from '../views/explorer/storeNode.js';
import type { GitignoreCommands } from './gitignoreCommands.js';
import { pickFolder } from './pickFolder.js';

/** Who asks whether what was written for notebooks and tests should go when tracking is switched off. */
export interface EnvEntryOffer {
  offerRemoval(folder: WorkspaceFolder): Promise<void>;
}

/** Switching tracking on and off for a folder. */
export class TrackingCommands {
  constructor(
    private readonly tracked: TrackedFolders,
    private readonly stores: WorkspaceStores,
    private readonly decisions: TrackingDecisions,
    private readonly gitignore: GitignoreCommands,
    private readonly envFile: EnvEntryOffer,
    private readonly backups: BackupNotices,
  ) {}

  readonly start = async (node?: unknown): Promise<void> => {
    if (!workspace.isTrusted) {
      await warnOfRestrictedMode();
      return;
    }
    if (!workspace.workspaceFolders?.length) {
      await inform(l10n.t('Open a folder first: its runs are stored in it.'), {
        title: l10n.t('Open Folder'),
        run: () => commands.executeCommand('vscode.openFolder'),
      });
      return;
    }
    const folder = await pickFolder(node);
    if (!folder || !(await this.mayHaveDatabase(folder))) {
      return;
    }
    await this.tracked.set(folder, true);
    await this.stores.refresh();
    await this.decisions.update();
    await commands.executeCommand(`${Views.explorer}.focus`);
    // Waits for the person, and so must not hold the command.
    void this.gitignore.offer(folder);
    const store = await this.stores.ofFolder(folder.uri.fsPath);
    // What fails is a state of the store, which says so itself.
    store
      ?.connect()
      .then(() => this.backups.prepare(store))
      .catch(() => undefined);
  };

  readonly stop = async (node?: unknown): Promise<void> => {
    const folder = await pickFolder(node, this.tracked.open);
    if (folder) {
      await this.tracked.set(folder, false);
      await this.decisions.update();
      // Waits for the person, and so must not hold the command.
      void this.envFile.offerRemoval(folder);
    }
  };

  readonly copyUri = async (node?: unknown): Promise<void> => {
    const store = node instanceof StoreNode ? node.store : await this.pickedStore(node);
    if (store) {
      const { server } = await store.connect();
      await env.clipboard.writeText(server.uri);
      window.setStatusBarMessage(
        l10n.t('Copied the tracking URI. It holds the secret of this store.'),
        5_000,
      );
    }
  };

  private async pickedStore(node: unknown) {
    const folder = await pickFolder(node);
    const store = folder && (await this.stores.ofFolder(folder.uri.fsPath));
    return store ?? this.stores.stores[0];
  }

  /** A folder whose runs are in a file store gets a database beside it only if the person wants that. */
  private async mayHaveDatabase(folder: WorkspaceFolder): Promise<boolean> {
    const root = folder.uri.fsPath;
    if ((await isFile(join(root, STORE_FILE))) || !(await holdsFileStore(root))) {
      return true;
    }
    const track = l10n.t('Track into a New mlflow.db');
    const copy = l10n.t('Copy Migration Command');
    const chosen = await window.showWarningMessage(
      l10n.t("{0} already has runs in mlruns, MLflow's older file store.", folder.name),
      {
        modal: true,
        detail: l10n.t(
          'This version does not read file stores. New runs would go to a new mlflow.db beside it, and the old ones would stay in mlruns. MLflow 3.10 and later can move them first: {0}',
          MIGRATE_COMMAND,
        ),
      },
      track,
      copy,
    );
    if (chosen === copy) {
      await env.clipboard.writeText(MIGRATE_COMMAND);
    }
    return chosen === track;
  }
}

/** Says why nothing is started, with the way out. */
export function warnOfRestrictedMode(): Promise<void> {
  return warn(l10n.t('Nothing is started in Restricted Mode: trust this workspace first.'), {
    title: l10n.t('Manage Workspace Trust'),
    run: () => commands.executeCommand('workbench.trust.manage'),
  });
}
