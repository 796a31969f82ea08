import { basename, isAbsolute, join, resolve } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Run } from '../../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import { isFile } from '../../platform/files.js';
import { inform } from '../../platform/notify.js';

/**
 * Opens the file that a run says it was started from, where it is in the workspace. The tag comes from
 * whoever logged the run, so no other file is opened.
 */
export async function openSource(run: Run, storeFolder: string): Promise<void> {
  const name = tagValue(run.tags, SYSTEM_TAGS.sourceName) ?? '';
  const folders = [storeFolder, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)];
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  for (const path of candidates) {
    const uri = Uri.file(resolve(path));
    if (workspace.getWorkspaceFolder(uri) && (await isFile(uri.fsPath))) {
      await window.showTextDocument(uri);
      return;
    }
  }
  await inform(l10n.t('{0} is not a file of this workspace.', basename(name) || l10n.t('The source')));
}
