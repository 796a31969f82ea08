import { l10n, type QuickPickItem, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { StoreNode } from '../views/explorer/storeNode.js';

/**
 * The workspace folder that a command is about: the one that a store's node or a
 * URI lies in, the only one, or the
 * one that the person picks. Undefined when there is none or nothing was picked.
 */
export async function pickFolder(
  node: unknown,
  folders: readonly WorkspaceFolder[] = workspace.workspaceFolders ?? [],
): Promise<WorkspaceFolder | undefined> {
  if (node instanceof StoreNode) {
    return workspace.getWorkspaceFolder(Uri.file(node.store.path));
  }
  if (node instanceof Uri) {
    return workspace.getWorkspaceFolder(node);
  }
  if (folders.length <= 1) {
    return folders[0];
  }
  const items = folders.map((folder): QuickPickItem & { folder: WorkspaceFolder } => ({
    label: folder.name,
    description: folder.uri.fsPath,
    folder,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('Choose a folder') });
  return picked?.folder;
}
