import { posix } from 'node:path';
import {
  Disposable as VsDisposable,
  type Event,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  l10n,
  type Uri,
} from 'vscode';
import { messageOf } from '../../core/base/errors.js';
import { formatBytes } from '../../core/domain/format.js';
import type { ArtifactEntry } from '../../core/domain/artifact.js';
import type { ConnectedStore } from '../stores/connectedStore.js';
import type { WorkspaceStores } from '../stores/workspaceStores.js';
import { artifactAddress, type ArtifactAddress } from './artifactUri.js';

/** VS Code reads whole files into memory; larger ones need a viewer of their own. */
const MAX_BYTES = 50 * 1024 * 1024;

/** A run's artifacts as read-only files, so that VS Code's own editors open them. */
export class ArtifactFileSystem implements FileSystemProvider {
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile: Event<FileChangeEvent[]> = this.changed.event;

  constructor(private readonly stores: WorkspaceStores) {}

  watch(): VsDisposable {
    // Artifacts are written once; nothing tells when one is written again.
    return new VsDisposable(() => undefined);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { store, address } = await this.locate(uri);
    if (address.path === '') {
      return stat(FileType.Directory, 0);
    }
    const listing = await guarded(uri, () => store.artifacts.list(address.runId, parentOf(address.path)));
    const entry = listing.entries.find(({ path }) => path === address.path);
    if (!entry) {
      throw FileSystemError.FileNotFound(uri);
    }
    return stat(typeOf(entry), entry.size ?? 0);
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const { store, address } = await this.locate(uri);
    const listing = await guarded(uri, () => store.artifacts.list(address.runId, address.path));
    return listing.entries.map((entry) => [posix.basename(entry.path), typeOf(entry)]);
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { size } = await this.stat(uri);
    if (size > MAX_BYTES) {
      const limit = formatBytes(MAX_BYTES);
      throw FileSystemError.Unavailable(
        l10n.t('This artifact has {0}. Editors open artifacts of up to {1}.', formatBytes(size), limit),
      );
    }
    const { store, address } = await this.locate(uri);
    return guarded(uri, () => store.artifacts.read(address.runId, address.path, MAX_BYTES));
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  private async locate(uri: Uri): Promise<{ store: ConnectedStore; address: ArtifactAddress }> {
    const address = artifactAddress(uri);
    const store = address && (await this.stores.find(address.storeKey));
    if (!address || !store) {
      throw FileSystemError.Unavailable(l10n.t('The store of this artifact is not open in this window.'));
    }
    return { store: await guarded(uri, () => store.connect()), address };
  }
}

function stat(type: FileType, size: number): FileStat {
  // VS Code compares times to notice changes; artifacts come without one.
  return { type, size, ctime: 0, mtime: 0 };
}

function typeOf(entry: ArtifactEntry): FileType {
  return entry.isDirectory ? FileType.Directory : FileType.File;
}

function parentOf(path: string): string {
  const parent = posix.dirname(path);
  return parent === '.' ? '' : parent;
}

async function guarded<T>(uri: Uri, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw FileSystemError.Unavailable(`${posix.basename(uri.path)}: ${messageOf(error)}`);
  }
}
