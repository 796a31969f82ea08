import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { invalidParameter, MlflowError } from '../../core/base/errors.js';
import type { ArtifactEntry } from '../../core/domain/artifact.js';
import { ApprovedRoots, isInside, realPathOf } from './approvedRoots.js';
import { listFolder, type OpenArtifact, openFile, removeInside } from './artifactFolder.js';
import { checkedArtifactPath, checkedFilePath } from './artifactPath.js';
import { checkLocationForm, placeOf, readingsOf } from './artifactUri.js';
import { currentPath } from './movedFolder.js';
import { writeInside } from './writeArtifact.js';

export interface ArtifactsOptions {
  /** The folder of the store's database. */
  readonly storeFolder: string;
  /** Folders beside it that the owner approved. */
  readonly approvedRoots: readonly string[];
  /** What the artifact proxy serves; where absent, the folder beside the database that `mlflow server` keeps it in. */
  readonly proxyFolder?: string;
  /** Whether nothing may be written or removed. */
  readonly readOnly?: boolean;
}

const DEFAULT_PROXY_FOLDER = 'mlartifacts';

const HOW_TO_APPROVE =
  'The owner of this store can approve the folder: start the server with --allow-artifact-root and its path.';

/** The files of runs and logged models. Nothing outside the approved folders is ever opened. */
export class Artifacts {
  private readonly roots: ApprovedRoots;

  constructor(private readonly options: ArtifactsOptions) {
    this.roots = new ApprovedRoots([options.storeFolder, ...options.approvedRoots]);
  }

  /**
   * The entries of a folder, by their paths below the root.
   * @param rootUri of a run or model, as recorded
   * @param path as the client sent it, decoded once; empty for the root
   */
  async list(rootUri: string, path: string): Promise<ArtifactEntry[]> {
    const checked = checkedArtifactPath(path);
    return listFolder(await this.folderOf(rootUri), checked);
  }

  /** @param path as the client sent it, decoded once */
  async open(rootUri: string, path: string): Promise<OpenArtifact> {
    const checked = checkedFilePath(path);
    return openFile(await this.folderOf(rootUri), checked);
  }

  /**
   * Checks the location that a client wants a new experiment's artifacts at.
   * @throws MlflowError INVALID_PARAMETER_VALUE where the owner has not approved it
   */
  async checkLocation(location: string): Promise<void> {
    checkLocationForm(location);
    const place = placeOf(location, this.options.storeFolder);
    for (const path of place.kind === 'local' ? readingsOf(place.path) : []) {
      if ((await this.roots.approved(resolve(path))) === undefined) {
        throw invalidParameter(
          `The artifact location '${location}' is outside the folders approved for this store. ${HOW_TO_APPROVE}`,
        );
      }
    }
  }

  /** Whether a URI names a place on this machine. */
  isLocal(uri: string): boolean {
    return placeOf(uri, this.options.storeFolder).kind === 'local';
  }

  /**
   * Whether a place on this machine is below the root of a run or model, however often somebody decodes both.
   * Links are followed; neither needs to exist.
   * @param rootUri as recorded
   * @param uri as a client sent it
   */
  async holds(rootUri: string, uri: string): Promise<boolean> {
    const roots = this.readingsOfLocal(rootUri);
    const places = this.readingsOfLocal(uri);
    for (const [index, place] of places.entries()) {
      const root = roots[index] ?? roots.at(-1);
      if (
        root === undefined ||
        !this.roots.mayLookAt(place) ||
        !isInside(await realPathOf(root), await realPathOf(place))
      ) {
        return false;
      }
    }
    return places.length > 0;
  }

  async listProxied(path: string): Promise<ArtifactEntry[]> {
    const checked = checkedArtifactPath(path);
    return listFolder(await this.proxyFolder(), checked);
  }

  async openProxied(path: string): Promise<OpenArtifact> {
    const checked = checkedFilePath(path);
    return openFile(await this.proxyFolder(), checked);
  }

  async writeProxied(path: string, content: Readable): Promise<void> {
    const checked = checkedFilePath(path);
    return writeInside(await this.writableProxyFolder(), checked, content);
  }

  async removeProxied(path: string): Promise<void> {
    const checked = checkedArtifactPath(path);
    return removeInside(await this.writableProxyFolder(), checked);
  }

  private async writableProxyFolder(): Promise<string> {
    if (this.options.readOnly) {
      throw new MlflowError('PERMISSION_DENIED', 'This server was started with --read-only.');
    }
    return this.proxyFolder();
  }

  /** The paths that a URI is read as by those who decode it; none where it is not on this machine. */
  private readingsOfLocal(uri: string): string[] {
    const place = placeOf(uri, this.options.storeFolder);
    return place.kind === 'local' ? readingsOf(place.path).map((path) => resolve(path)) : [];
  }

  private async folderOf(rootUri: string): Promise<string> {
    const { storeFolder } = this.options;
    const place = placeOf(rootUri, storeFolder);
    if (place.kind === 'remote') {
      throw new MlflowError(
        'NOT_IMPLEMENTED',
        `This server does not open artifacts kept at ${place.scheme}: locations.`,
      );
    }
    if (place.kind === 'proxied') {
      return this.proxiedFolder(rootUri, place.path);
    }
    const mayLook = this.roots.mayLookAt(place.path);
    return this.approved(await currentPath(rootUri, place.path, storeFolder, mayLook), rootUri);
  }

  /** A link in the proxy's folder may lead out of it. */
  private async proxiedFolder(uri: string, path: string): Promise<string> {
    const folder = await this.proxyFolder();
    return orRefused(await new ApprovedRoots([folder]).approved(join(folder, ...path.split('/'))), uri);
  }

  private async proxyFolder(): Promise<string> {
    const { proxyFolder, storeFolder } = this.options;
    return proxyFolder ?? this.approved(join(storeFolder, DEFAULT_PROXY_FOLDER), 'mlflow-artifacts:/');
  }

  private async approved(folder: string, uri: string): Promise<string> {
    return orRefused(await this.roots.approved(folder), uri);
  }
}

function orRefused(approved: string | undefined, uri: string): string {
  if (approved === undefined) {
    throw new MlflowError(
      'PERMISSION_DENIED',
      `The artifacts at '${uri}' are outside the folders approved for this store. ${HOW_TO_APPROVE}`,
    );
  }
  return approved;
}
