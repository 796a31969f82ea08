import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalidParameter } from '../../core/base/errors.js';
import { checkedArtifactPath, decodedOnce } from './artifactPath.js';

/** Where an artifact URI points. */
export type ArtifactPlace =
  /** A folder of this machine, by its absolute path. */
  | { readonly kind: 'local'; readonly path: string }
  /** A folder below the one that the artifact proxy serves; `path` is relative, with `/`. */
  | { readonly kind: 'proxied'; readonly path: string }
  /** Storage elsewhere (`s3:`, `dbfs:`, `http:` ...), which this server never opens. */
  | { readonly kind: 'remote'; readonly scheme: string };

const SCHEME = /^([a-z][a-z0-9+.-]+):/i;
const CONTROLS = /[\u0000-\u001f\u007f]/;
const MOST_READINGS = 10;

/**
 * @param uri a recorded artifact URI or a location that a client named
 * @param storeFolder what relative paths are below
 * @throws MlflowError INVALID_PARAMETER_VALUE where it cannot be understood
 */
export function placeOf(uri: string, storeFolder: string): ArtifactPlace {
  if (uri.includes('\0')) {
    throw invalidParameter('Invalid artifact location');
  }
  // A single letter before the colon is a drive, not a scheme.
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { kind: 'local', path: resolve(storeFolder, uri) };
  }
  if (scheme === 'file') {
    return { kind: 'local', path: resolve(storeFolder, pathOfFileUri(uri)) };
  }
  if (scheme === 'mlflow-artifacts') {
    return { kind: 'proxied', path: checkedArtifactPath(proxiedPath(uri)) };
  }
  return { kind: 'remote', scheme };
}

/**
 * MLflow takes no location that has more than a path and a harmless query. Nor is one taken that two readers
 * understand in two ways: Python cuts white space off a URI and control characters out of it, and a drive or a
 * backslash means something on one system only.
 */
export function checkLocationForm(location: string, platform: NodeJS.Platform = process.platform): void {
  const [path = '', query = ''] = location.split('?');
  if (location.includes('#') || path.slice(path.lastIndexOf('/')).includes(';')) {
    throw invalidParameter("'artifact_location' URL can't include fragments or params.");
  }
  if (decodedOnce(decodedOnce(query)).includes('..')) {
    throw invalidParameter('Invalid query string');
  }
  if (/^runs:/i.test(location)) {
    throw invalidParameter(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  }
  const ofWindows = /^[a-z]:/i.test(location) || location.includes('\\');
  if (CONTROLS.test(location) || location.trim() !== location || (ofWindows && platform !== 'win32')) {
    throw invalidParameter('Invalid artifact location');
  }
}

/** What clients may take a local location for: they decode it, even where it is no URI. */
export function readingsOf(path: string): string[] {
  const readings = [path];
  for (let decoded = decodedOnce(path); decoded !== readings.at(-1); decoded = decodedOnce(decoded)) {
    if (readings.length > MOST_READINGS || CONTROLS.test(decoded)) {
      throw invalidParameter('Invalid artifact location');
    }
    readings.push(decoded);
  }
  return readings;
}

function pathOfFileUri(uri: string): string {
  if (/[?#]/.test(uri)) {
    throw invalidParameter('Invalid artifact location');
  }
  if (!uri.toLowerCase().startsWith('file://')) {
    return decodedOnce(uri.slice('file:'.length));
  }
  try {
    // MLflow writes these without escapes, so that a percent sign may be just that.
    return fileURLToPath(uri.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    throw invalidParameter(`${uri} does not name a folder of this machine`);
  }
}

/** `mlflow-artifacts:/path`, or with a host, which is this server's as far as it knows. */
function proxiedPath(uri: string): string {
  const rest = uri.slice('mlflow-artifacts:'.length).replace(/^\/\/[^/]*/, '');
  return decodedOnce(rest).replace(/^\/+/, '');
}
