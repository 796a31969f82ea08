import { Uri } from 'vscode';
import { ARTIFACT_SCHEME } from '../../manifest/schemes.js';

/** Names an artifact: the store by its key, the run by its id, the path below the run's artifact root. */
export interface ArtifactAddress {
  readonly storeKey: string;
  readonly runId: string;
  readonly path: string;
}

export function artifactUri({ storeKey, runId, path }: ArtifactAddress): Uri {
  return Uri.from({ scheme: ARTIFACT_SCHEME, authority: storeKey, path: `/${runId}/${path}` });
}

/** The address that a URI of {@link artifactUri} stands for; undefined for any other. */
export function artifactAddress(uri: Uri): ArtifactAddress | undefined {
  const [, runId, ...path] = uri.path.split('/');
  if (uri.scheme !== ARTIFACT_SCHEME || !runId) {
    return undefined;
  }
  return { storeKey: uri.authority, runId, path: path.filter((part) => part !== '').join('/') };
}
