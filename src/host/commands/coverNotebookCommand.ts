import { commands, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { Commands } from '../../manifest/commands.js';
import type { NotebookHint } from '../tracking/notebookHint.js';

interface Way extends QuickPickItem {
  readonly run: () => unknown;
}

/** Offers what makes a notebook log to the store of its folder. */
export class CoverNotebookCommand {
  constructor(private readonly hint: NotebookHint) {}

  readonly show = async (notebook?: unknown): Promise<void> => {
    const folder = notebook instanceof Uri ? workspace.getWorkspaceFolder(notebook) : undefined;
    if (folder === undefined) {
      return;
    }
    const ways: Way[] = [
      {
        label: `$(file) ${l10n.t('Write Tracking URI to .env…')}`,
        detail: l10n.t(
          'For every notebook and test of {0}, from the next start of their kernels on.',
          folder.name,
        ),
        run: () => commands.executeCommand(Commands.writeEnvEntry, folder.uri),
      },
      {
        label: `$(add) ${l10n.t('Insert Tracking Line')}`,
        detail: l10n.t('For this notebook alone, wherever it is opened on this machine.'),
        run: () => commands.executeCommand(Commands.insertTrackingLine, notebook),
      },
      {
        label: `$(list-unordered) ${l10n.t('Show Tracking Places')}`,
        run: () => commands.executeCommand(Commands.showTrackingPlaces),
      },
      {
        label: `$(bell-slash) ${l10n.t("Don't Show This in {0} Again", folder.name)}`,
        run: () => this.hint.decline(folder.uri.toString()),
      },
    ];
    const picked = await window.showQuickPick(ways, {
      title: l10n.t('Notebooks and MLflow'),
      placeHolder: l10n.t('Jupyter starts kernels without the variables of the terminal'),
    });
    await picked?.run();
  };
}
