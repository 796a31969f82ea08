import { basename } from 'node:path';
import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { StoreInfo } from '../../core/stores/storeInfo.js';
import { type Command, Commands } from '../../manifest/commands.js';
import {
  backupSentence,
  lacksSentence,
  readOnlyAdvice,
  readOnlySentence,
  releasesSentence,
} from '../stores/describeStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import { pickStore } from './pickStore.js';

interface AboutItem extends QuickPickItem {
  readonly run?: () => unknown;
}

/** Explains what a database is, why it is read-only where it is, and what can be done. */
export class AboutDatabase {
  constructor(private readonly stores: WorkspaceStores) {}

  readonly show = async (node?: unknown): Promise<void> => {
    const store = await pickStore(node, this.stores.stores);
    if (!store) {
      return;
    }
    const { server } = await store.connect();
    const info = server.identity.store;
    const action = (icon: string, label: string, command: Command): AboutItem => ({
      label: `$(${icon}) ${label}`,
      run: () => commands.executeCommand(command, store),
    });
    const actions = [
      ...(info.isOutdated ? [action('arrow-up', l10n.t('Upgrade Database…'), Commands.upgradeDatabase)] : []),
      ...(info.backup?.kind === 'made'
        ? [
            action('go-to-file', l10n.t('Reveal Backup'), Commands.revealBackup),
            action('trash', l10n.t('Delete Backup…'), Commands.deleteBackup),
          ]
        : []),
      action('output', l10n.t('Show Output'), Commands.showOutput),
    ];
    const separator = { label: '', kind: QuickPickItemKind.Separator };
    const picked = await window.showQuickPick<AboutItem>([...facts(info), separator, ...actions], {
      title: l10n.t('About {0}', basename(info.path)),
      placeHolder: info.path,
      matchOnDetail: true,
    });
    await picked?.run?.();
  };
}

function facts(info: StoreInfo): AboutItem[] {
  const fact = (icon: string, label: string, detail: string | undefined): AboutItem[] =>
    detail === undefined ? [] : [{ label: `$(${icon}) ${label}`, detail }];
  return [
    {
      label: `$(database) ${releasesSentence(info) ?? l10n.t('Schema of no known MLflow')}`,
      detail: info.exists
        ? l10n.t('Revision {0}', info.revision || l10n.t('none'))
        : l10n.t('The database is made when the first run is logged.'),
    },
    ...fact('lock', l10n.t('Read-only'), readOnlySentence(info)),
    ...fact('lightbulb', l10n.t('What to do'), readOnlyAdvice(info)),
    ...fact('warning', l10n.t('Older schema'), lacksSentence(info)),
    ...fact('save-all', l10n.t('Backup'), info.backup && backupSentence(info.backup)),
  ];
}
