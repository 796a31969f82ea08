import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { l10n, workspace, type WorkspaceFolder } from 'vscode';
import type { Disposable } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import { readTrackingUris, withEntry, withoutEntry } from '../../core/tracking/envEntry.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import type { FolderTracking, TrackingDecisions } from './trackingDecisions.js';
import { envFilesOf, storeUriOf } from './uriSources.js';

/** A file that nobody else has to read may hold a secret. */
const OWNER_ONLY = 0o600;

/** The entries that this extension writes into environment files, with the person's consent, and keeps right. */
export class EnvEntries implements Disposable {
  private readonly subscription: Disposable;

  constructor(
    private readonly stores: WorkspaceStores,
    private readonly decisions: TrackingDecisions,
    private readonly logger: Logger,
  ) {
    this.subscription = decisions.onDidChange((folders) => void this.followAddresses(folders));
  }

  /**
   * The file that the extensions of VS Code read for a folder; undefined where it lies outside of it, and so may
   * belong to other folders too.
   */
  fileOf(folder: WorkspaceFolder): string | undefined {
    const [path] = envFilesOf(folder);
    return path !== undefined && isBelow(folder.uri.fsPath, path) ? path : undefined;
  }

  /** Writes the entry, or changes the one that is there. */
  async write(path: string, uri: string): Promise<void> {
    const before = await readIfThere(path);
    if (before?.includes(0)) {
      throw new Error(l10n.t('The file is not in UTF-8, so it was left as it is.'));
    }
    assertNotEdited(path);
    // Written in place: its owner, its rights and links to it stay.
    await writeFile(path, withEntry(before ?? Buffer.alloc(0), uri), { mode: OWNER_ONLY });
    await this.decisions.update();
  }

  /** Takes the entries out of the files of a folder, and a file that held nothing else away. Whether there was one. */
  async remove(folder: WorkspaceFolder): Promise<boolean> {
    let removed = false;
    for (const path of envFilesOf(folder)) {
      const before = await readIfThere(path);
      const after = before && withoutEntry(before);
      if (before && after && !after.equals(before)) {
        assertNotEdited(path);
        await (after.length === 0 ? rm(path) : writeFile(path, after));
        removed = true;
      }
    }
    await this.decisions.update();
    return removed;
  }

  /** An entry with the address of a server of ours goes on naming the one that serves the folder's store. */
  private async followAddresses(folders: readonly FolderTracking[]): Promise<void> {
    for (const { folder, entry } of folders) {
      const store = entry?.form === 'http' ? await this.stores.ofFolder(folder.uri.fsPath) : undefined;
      if (entry && store?.state.kind === 'open' && store.state.store.server.uri !== entry.uri) {
        await this.follow(folder, entry.path, store.state.store.server.uri).catch((error: unknown) =>
          this.logger.warn(`${entry.path} still has the former address: ${messageOf(error)}`),
        );
      }
    }
  }

  private async follow(folder: WorkspaceFolder, path: string, uri: string): Promise<void> {
    const file = await readIfThere(path);
    // Read again just before: what the person has written meanwhile is not ours.
    if (file && readTrackingUris(file.toString('utf8'), await storeUriOf(folder)).entry?.form === 'http') {
      await this.write(path, uri);
      this.logger.info(`${path} has the new address of the tracking server.`);
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/** What an editor holds would be written over what we write, or the other way round. */
function assertNotEdited(path: string): void {
  if (workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.fsPath === path)) {
    throw new Error(l10n.t('Save {0} first: it has changes in an editor.', workspace.asRelativePath(path)));
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  const there = await stat(path).catch(() => undefined);
  return there === undefined ? undefined : readFile(path);
}
