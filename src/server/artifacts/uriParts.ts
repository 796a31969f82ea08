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

/** Whether the path of `uri` is absolute and stays what it is however often somebody decodes and resolves it. */
export function hasPlainPath(uri: string): boolean {
  const decoded = decodedFully(uri.replaceAll('+', ' '));
  const names = namesOf(decoded === undefined ? '' : uriParts(decoded).path);
  return (
    decoded !== undefined &&
    uriParts(decoded).path.startsWith('/') &&
    names.length > 0 &&
    !names.includes('.') &&
    !leavesItsFolder(decoded)
  );
}

/** Whether a part of `uri` leads upwards, or ends a text for some, once it is decoded. */
export function hasWayOut(uri: string): boolean {
  const decoded = decodedFully(uri);
  return decoded === undefined || leavesItsFolder(decoded);
}

function leavesItsFolder(decoded: string): boolean {
  return decoded.includes('\0') || decoded.split(/[/\\]/).includes('..');
}

function namesOf(path: string): string[] {
  return path.split('/').flatMap((name) => (name === '' ? [] : (decodedFully(name) ?? name)));
}

/** Undefined for what is encoded so often that somebody wants to hide something. */
function decodedFully(text: string): string | undefined {
  let stage = text;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    const next = stage.replace(/(?:%[0-9a-f]{2})+/gi, decodedBytes);
    if (next === stage) {
      return stage;
    }
    stage = next;
  }
  return undefined;
}

/** Bytes that are no UTF-8 become the character that stands for them, as Python reads them. */
function decodedBytes(escapes: string): string {
  return new TextDecoder().decode(
    Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16)),
  );
}
