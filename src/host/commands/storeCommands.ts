import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commands, l10n, window, workspace } from 'vscode';
import { Views } from '../../manifest/views.js';
import { isFile, isFolder } from '../platform/files.js';
import { inform, warn } from '../platform/notify.js';
import { holdsFileStore } from '../stores/fileStore.js';
import { STORE_FILE, type WorkspaceStores } from '../stores/workspaceStores.js';
import { MIGRATE_COMMAND } from '../views/explorer/fileStoreNode.js';
import { StoreNode } from '../views/explorer/storeNode.js';
import { warnOfRestrictedMode } from './trackingCommands.js';

/** The first bytes of every SQLite database. */
const SQLITE_MAGIC = 'SQLite format 3\0';

/** Opening and closing databases by hand. */
export class StoreCommands {
  constructor(private readonly stores: WorkspaceStores) {}

  readonly open = async (): Promise<void> => {
    if (!workspace.isTrusted) {
      await warnOfRestrictedMode();
      return;
    }
    const chosen = await choosePath();
    const path = chosen && (await databaseAt(chosen));
    if (path !== undefined) {
      await this.stores.open(path);
      await commands.executeCommand(`${Views.explorer}.focus`);
    }
  };

  readonly close = async (node?: unknown): Promise<void> => {
    if (node instanceof StoreNode) {
      await this.stores.close(node.store);
    }
  };
}

/** Asks for a database file or a folder: a dialog of the system can often show only one of them. */
async function choosePath(): Promise<string | undefined> {
  const file = {
    label: l10n.t('Database File…'),
    description: l10n.t('an mlflow.db of MLflow'),
    files: true,
  };
  const folder = {
    label: l10n.t('Folder…'),
    description: l10n.t('that has an mlflow.db in it'),
    files: false,
  };
  const kind = await window.showQuickPick([file, folder], { placeHolder: l10n.t('Open a store') });
  if (!kind) {
    return undefined;
  }
  const [uri] =
    (await window.showOpenDialog({
      title: l10n.t('Open a Store'),
      canSelectFiles: kind.files,
      canSelectFolders: !kind.files,
      canSelectMany: false,
      ...(kind.files ? { filters: { [l10n.t('SQLite databases')]: ['db', 'sqlite', 'sqlite3'] } } : {}),
    })) ?? [];
  return uri?.fsPath;
}

/** The database that a chosen path stands for; says why when there is none. */
async function databaseAt(chosen: string): Promise<string | undefined> {
  const path = (await isFolder(chosen)) ? join(chosen, STORE_FILE) : chosen;
  if (!(await isFile(path))) {
    if (await holdsFileStore(chosen)) {
      await inform(
        l10n.t(
          "The runs in {0} are in MLflow's older file store, which this version does not read. MLflow 3.10 and later can move them: {1}",
          basename(chosen),
          MIGRATE_COMMAND,
        ),
      );
    } else {
      await warn(l10n.t('There is no mlflow.db in {0}.', basename(chosen)));
    }
    return undefined;
  }
  if (!(await isSqlite(path))) {
    await warn(l10n.t('{0} is not an SQLite database.', basename(path)));
    return undefined;
  }
  return path;
}

async function isSqlite(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(SQLITE_MAGIC.length),
      0,
      SQLITE_MAGIC.length,
      0,
    );
    return bytesRead === SQLITE_MAGIC.length && buffer.toString('latin1') === SQLITE_MAGIC;
  } finally {
    await file.close();
  }
}
