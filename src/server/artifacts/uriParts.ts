import { decodedOnce } from './artifactPath.js';

/** The parts of a URI that say where something is, as Python's `urlsplit` tells them apart. */
export interface UriParts {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** What stands after `//`, in lower case. */
  readonly authority: string;
  readonly path: string;
}

const URI = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i;
const DECODING_ROUNDS = 10;
const CONTROLS = /[\u0000-\u001f\u007f]/;
const PROXY_ROUTE = ['api', '2.0', 'mlflow-artifacts', 'artifacts'];

export function uriParts(uri: string): UriParts {
  const [, scheme = '', authority = '', path = ''] = URI.exec(uri) ?? [];
  return { scheme: scheme.toLowerCase(), authority: authority.toLowerCase(), path };
}

/** Whether `uri` goes through an artifact proxy: by its scheme, or by the address of one. */
export function isProxyUri(uri: string): boolean {
  const { scheme, path } = uriParts(uri);
  const names = namesOf(path);
  return (
    scheme === 'mlflow-artifacts' ||
    (/^https?$/.test(scheme) &&
      names.some((_, start) => PROXY_ROUTE.every((name, index) => names[start + index] === name)))
  );
}

/** Whether `uri` is `root` or something below it, by its text alone. */
export function isUriWithin(root: string, uri: string): boolean {
  const [outer, inner] = [uriParts(root), uriParts(uri)];
  const [outerNames, innerNames] = [namesOf(outer.path), namesOf(inner.path)];
  return (
    inner.scheme === outer.scheme &&
    inner.authority === outer.authority &&
    outerNames.length > 0 &&
    outerNames.every((name, index) => innerNames[index] === name)
  );
}

/**
 * Whether the path of `uri` is absolute and stays what it is however often somebody decodes and resolves it, and
 * whether all readers agree on where it ends.
 */
export function hasPlainPath(uri: string): boolean {
  const decoded = decodedFully(uri.replaceAll('+', ' '));
  if (decoded === undefined || CONTROLS.test(decoded) || decoded.split(/[/\\]/).includes('..')) {
    return false;
  }
  const { path } = uriParts(decoded);
  const names = namesOf(path);
  return path.startsWith('/') && names.length > 0 && !names.includes('.');
}

function namesOf(path: string): string[] {
  return path.split('/').flatMap((name) => (name === '' ? [] : (decodedFully(name) ?? name)));
}

/** Undefined for what is encoded so often that somebody wants to hide something. */
function decodedFully(text: string): string | undefined {
  let stage = text;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    const next = decodedOnce(stage);
    if (next === stage) {
      return stage;
    }
    stage = next;
  }
  return undefined;
}
