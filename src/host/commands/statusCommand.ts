import { commands, l10n, type QuickPickItem, QuickPickItemKind, type Uri, window } from 'vscode';
import { basename } from 'node:path';
import { displayUri } from '../../core/tracking/displayUri.js';
import { Commands, type Command } from '../../manifest/commands.js';
import { backupSentence } from '../stores/describeStore.js';
import { describeDecision } from '../tracking/describeDecision.js';
import type { FolderTracking, TrackingDecisions } from '../tracking/trackingDecisions.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';

interface StatusItem extends QuickPickItem {
  run?: () => unknown;
}

/** Explains for each folder which tracking URI is in force and why, with what can be done about it. */
export class StatusCommand {
  constructor(
    private readonly decisions: TrackingDecisions,
    private readonly stores: WorkspaceStores,
  ) {}

  readonly show = async (): Promise<void> => {
    const folders = await Promise.all(this.decisions.all.map((each) => this.folderItems(each)));
    const items: StatusItem[] = [
      ...folders.flat(),
      { label: '', kind: QuickPickItemKind.Separator },
      action('list-unordered', l10n.t('Show Tracking Places'), Commands.showTrackingPlaces),
      action('output', l10n.t('Show Output'), Commands.showOutput),
      {
        label: `$(gear) ${l10n.t('Open Settings')}`,
        run: () =>
          commands.executeCommand('workbench.action.openSettings', '@ext:mlflow-workbench.mlflow-workbench'),
      },
    ];
    const picked = await window.showQuickPick(items, {
      title: l10n.t('MLflow Tracking'),
      placeHolder: l10n.t('Where new terminals and tasks log to'),
      matchOnDescription: true,
    });
    await picked?.run?.();
  };

  private async folderItems({ folder, decision, entry }: FolderTracking): Promise<StatusItem[]> {
    const { icon, short, sentence } = describeDecision(decision);
    const store = await this.stores.ofFolder(folder.uri.fsPath);
    const items: StatusItem[] = [
      { label: folder.name, kind: QuickPickItemKind.Separator },
      { label: `$(${icon}) ${short}`, detail: sentence },
    ];
    if (decision.kind === 'inject') {
      items.push({
        label: `$(info) ${l10n.t('Open terminals')}`,
        detail: l10n.t('Terminals that were open before keep what they had until they are started again.'),
      });
    }
    if (entry) {
      items.push({
        label: `$(notebook) ${l10n.t('Notebooks and tests')}`,
        detail: l10n.t('{0} (written by MLflow Workbench): {1}', basename(entry.path), displayUri(entry.uri)),
      });
    }
    if (decision.kind === 'off') {
      items.push(action('record', l10n.t('Start Tracking Here'), Commands.startTracking, folder.uri));
    } else if (decision.kind !== 'untrusted') {
      items.push(action('debug-stop', l10n.t('Stop Tracking Here'), Commands.stopTracking, folder.uri));
    }
    if (store?.info?.backup) {
      items.push({
        label: `$(save-all) ${l10n.t('Backup')}`,
        detail: backupSentence(store.info.backup),
      });
    }
    if (store?.info?.readOnlyReason || store?.info?.isOutdated) {
      items.push({
        label: `$(question) ${l10n.t('About This Database…')}`,
        run: () => commands.executeCommand(Commands.aboutDatabase, store),
      });
    }
    if (store?.state.kind === 'open') {
      items.push(action('copy', l10n.t('Copy Tracking URI'), Commands.copyTrackingUri, folder.uri));
    }
    return items;
  }
}

function action(icon: string, label: string, command: Command, folder?: Uri): StatusItem {
  return { label: `$(${icon}) ${label}`, run: () => commands.executeCommand(command, folder) };
}
