import { l10n, window } from 'vscode';
import { WorkspaceStore } from '../stores/workspaceStore.js';
import { StoreNode } from '../views/explorer/storeNode.js';

/** The store that a command is about: the one of a node, the one it was called with, the only one, or a chosen one. */
export async function pickStore(
  given: unknown,
  stores: readonly WorkspaceStore[],
): Promise<WorkspaceStore | undefined> {
  if (given instanceof StoreNode) {
    return given.store;
  }
  if (given instanceof WorkspaceStore) {
    return given;
  }
  if (stores.length <= 1) {
    return stores[0];
  }
  const items = stores.map((store) => ({ label: store.name, description: store.folder, store }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Choose a store') }))?.store;
}
