import { basename } from 'node:path';
import { l10n, type QuickPickItem, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import { adviseEntry, type EntryObstacle } from '../../core/tracking/entryAdvice.js';
import type { EntryForm } from '../../core/tracking/envEntry.js';
import { noProxyForLoopback } from '../../core/tracking/noProxy.js';
import { inform, type MessageAction, warn } from '../platform/notify.js';
import type { MlflowReleases } from '../python/mlflowReleases.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { EnvEntries } from '../tracking/envEntries.js';
import type { TrackedFolders } from '../tracking/trackedFolders.js';
import { configurationOf } from '../tracking/uriSources.js';
import { isReadableByOthers } from '../platform/files.js';
import { hideFromGit, isSeenByGit } from './gitignoreCommands.js';
import { pickFolder } from './pickFolder.js';
import { warnOfRestrictedMode } from './trackingCommands.js';

interface FormItem extends QuickPickItem {
  readonly form: EntryForm;
}

/** Writing the tracking URI into a folder's environment file and taking it out again. */
export class EnvFileCommands {
  constructor(
    private readonly entries: EnvEntries,
    private readonly stores: WorkspaceStores,
    private readonly tracked: TrackedFolders,
    private readonly python: MlflowReleases,
  ) {}

  readonly write = async (node?: unknown): Promise<void> => {
    if (!workspace.isTrusted) {
      await warnOfRestrictedMode();
      return;
    }
    const folder = await pickFolder(node, this.tracked.open);
    const path = folder && this.entries.fileOf(folder);
    if (folder && path === undefined) {
      void warn(
        l10n.t(
          'The setting "python.envFile" names a file outside of {0}, so nothing was written.',
          folder.name,
        ),
      );
    }
    if (!folder || path === undefined || !(await mayWrite(folder))) {
      return;
    }
    const form = await this.chooseForm(folder, path);
    const uri = form && (await this.uriOf(folder, form));
    if (form !== undefined && uri !== undefined) {
      await this.entries.write(path, uri);
      await explain(path, form);
    }
  };

  readonly remove = async (node?: unknown): Promise<void> => {
    const folder = await pickFolder(node);
    if (folder && !(await this.entries.remove(folder))) {
      void inform(l10n.t('No environment file of {0} has an entry of MLflow Workbench.', folder.name));
    }
  };

  /** Asks, after tracking was switched off, whether the entry that is left should go too. */
  async offerRemoval(folder: WorkspaceFolder): Promise<void> {
    const { envFiles } = await configurationOf(folder);
    const left = envFiles.find(({ reading }) => reading.entry !== undefined);
    if (left) {
      await inform(
        l10n.t(
          '{0} still makes notebooks and tests of {1} log to its store.',
          basename(left.path),
          folder.name,
        ),
        { title: l10n.t('Remove Entry'), run: () => this.entries.remove(folder) },
        { title: l10n.t('Keep'), run: () => undefined },
      );
    }
  }

  private async uriOf(folder: WorkspaceFolder, form: EntryForm): Promise<string | undefined> {
    if (form === 'sqlite') {
      return (await configurationOf(folder)).storeUri;
    }
    const store = await this.stores.ofFolder(folder.uri.fsPath);
    return store && (await store.connect()).server.uri;
  }

  private async chooseForm(folder: WorkspaceFolder, path: string): Promise<EntryForm | undefined> {
    const { storeUri } = await configurationOf(folder);
    const { mlflow: release, skinny = false } = await this.python.factsOf(folder.uri.fsPath);
    const store = await this.stores.ofFolder(folder.uri.fsPath);
    const info = store?.state.kind === 'open' ? store.state.store.server.identity.store : undefined;
    const storeReleases = info?.exists ? info.releases : [];
    const proxied = noProxyForLoopback(process.env) !== undefined;
    const advice = adviseEntry({ storeUri, release, skinny, storeReleases, proxied });
    if (advice.forms.length === 0) {
      void warn(
        l10n.t('The path of the database cannot be named, and the server cannot be reached past the proxy.'),
      );
      return undefined;
    }
    const picked = await window.showQuickPick(
      advice.forms.map((form) => formItem(form, advice.obstacle, release)),
      {
        title: l10n.t('Write Tracking URI to {0}', workspace.asRelativePath(path)),
        placeHolder: l10n.t('For notebooks, tests and scripts that VS Code starts outside of its terminals'),
      },
    );
    return picked?.form;
  }
}

/** Whether the file says nothing of its own yet; else why nothing is written. */
async function mayWrite(folder: WorkspaceFolder): Promise<boolean> {
  const { envFiles } = await configurationOf(folder);
  const theirs = envFiles.find(({ reading }) => reading.unmarked);
  if (!theirs) {
    return true;
  }
  const open = { title: l10n.t('Open File'), run: () => window.showTextDocument(Uri.file(theirs.path)) };
  void inform(
    l10n.t('{0} sets MLFLOW_TRACKING_URI already, and that stays in force.', basename(theirs.path)),
    open,
  );
  return false;
}

function formItem(
  form: EntryForm,
  obstacle: EntryObstacle | undefined,
  release: string | undefined,
): FormItem {
  if (form === 'http') {
    return {
      form,
      label: `$(server) ${l10n.t('The tracking server')}`,
      description: 'http://127.0.0.1:…',
      detail: l10n.t('The file then holds the secret of the store. Faster, while VS Code runs.'),
    };
  }
  const good = l10n.t('No secret, and no server has to run. Needs the whole mlflow package.');
  return {
    form,
    label: `$(database) ${l10n.t('The database itself')}`,
    description: 'sqlite:///…/mlflow.db',
    detail: (obstacle && obstacleSentence(obstacle, release)) ?? good,
  };
}

function obstacleSentence(obstacle: EntryObstacle, release: string | undefined): string | undefined {
  switch (obstacle) {
    case 'path':
      return undefined;
    case 'skinny':
      return l10n.t('Not with mlflow-skinny alone, which the Python of this folder has.');
    case 'release':
      return l10n.t('MLflow {0}, of the Python of this folder, cannot open it as it is.', release ?? '');
  }
}

/** Says what the entry does not reach, and who else can read a secret, with the way out. */
async function explain(path: string, form: EntryForm): Promise<void> {
  const name = workspace.asRelativePath(path);
  const restart = l10n.t('Kernels that run already take it up when they are restarted.');
  const seen = form === 'http' && (await isSeenByGit(path));
  const readable = form === 'http' && (await isReadableByOthers(path));
  if (!seen && !readable) {
    window.setStatusBarMessage(l10n.t('Wrote the tracking URI to {0}. {1}', name, restart), 8_000);
    return;
  }
  const sentences = [
    l10n.t('{0} holds the secret of the store now.', name),
    seen ? l10n.t('Git does not ignore it.') : '',
    readable ? l10n.t('Other users of this machine can read it.') : '',
    restart,
  ];
  const ignore: MessageAction = { title: l10n.t('Add to .gitignore'), run: () => hideFromGit(path) };
  // Waits for the person, and so must not hold the command.
  void inform(sentences.filter((each) => each !== '').join(' '), ...(seen ? [ignore] : []));
}
