import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { formatBytes } from '../../core/domain/format.js';
import type { Backup } from '../../core/stores/storeInfo.js';
import { inform } from '../platform/notify.js';
import { WorkspaceStore } from '../stores/workspaceStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import { StoreNode } from '../views/explorer/storeNode.js';

/** What can be done with the backup of a store. */
export class BackupCommands {
  constructor(private readonly stores: WorkspaceStores) {}

  readonly reveal = async (node?: unknown): Promise<void> => {
    const found = await this.find(node);
    if (found) {
      await revealFile(found.backup.path);
    }
  };

  readonly delete = async (node?: unknown): Promise<void> => {
    const found = await this.find(node);
    if (!found) {
      return;
    }
    const { store, backup } = found;
    const remove = l10n.t('Delete');
    const chosen = await window.showWarningMessage(
      l10n.t('Delete the backup {0}?', basename(backup.path)),
      {
        modal: true,
        detail: l10n.t(
          'It holds {0} as it was then ({1}), and is not moved to the trash.',
          store.name,
          formatBytes(backup.bytes),
        ),
      },
      remove,
    );
    if (chosen === remove) {
      await workspace.fs.delete(Uri.file(backup.path));
      await store.renew();
    }
  };

  private async find(node: unknown): Promise<{ store: WorkspaceStore; backup: Backup } | undefined> {
    const stores = givenStores(node) ?? this.stores.stores;
    const found = stores.flatMap((store) => {
      const backup = store.info?.backup;
      return backup?.kind === 'made' ? [{ store, backup }] : [];
    });
    if (found.length === 0) {
      await inform(l10n.t('There is no backup.'));
    }
    if (found.length <= 1) {
      return found[0];
    }
    const items = found.map((each) => ({
      label: basename(each.backup.path),
      description: each.store.folder,
      found: each,
    }));
    return (await window.showQuickPick(items, { placeHolder: l10n.t('Choose a backup') }))?.found;
  }
}

function givenStores(given: unknown): readonly WorkspaceStore[] | undefined {
  if (given instanceof StoreNode) {
    return [given.store];
  }
  return given instanceof WorkspaceStore ? [given] : undefined;
}

/** Shows a file where it lies: in the window's explorer where it is of the workspace, else in the system's. */
export async function revealFile(path: string): Promise<void> {
  const uri = Uri.file(path);
  const command = workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await commands.executeCommand(command, uri);
}
