import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalidParameter } from '../../core/base/errors.js';

const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/;

/** The scheme of a URI in lower case; empty for a path (a drive letter is not a scheme). */
function schemeOf(uri: string): string {
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase() ?? '';
  return scheme.length === 1 ? '' : scheme;
}

/**
 * An artifact location as MLflow keeps it (`mlflow.utils.uri.resolve_uri_if_local`): a relative path or
 * `file:` URI becomes absolute below `folder`, on Windows as a `file:` URI; anything else stays as it is.
 * @param folder an absolute path, what MLflow has as its working folder
 */
export function resolvedLocation(
  location: string,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const windows = platform === 'win32';
  const scheme = schemeOf(location);
  if ((scheme !== '' && scheme !== 'file') || (windows && location.startsWith('\\\\'))) {
    return location;
  }
  const path = windows ? win32 : posix;
  const local = scheme === 'file' ? pathOfFileUri(location) : location;
  if (path.isAbsolute(local)) {
    return location;
  }
  // As Python's pathlib joins: `.` goes, `..` stays.
  const parts = local.split(windows ? /[\\/]+/ : /\/+/).filter((part) => part !== '' && part !== '.');
  const absolute = [folder.replaceAll(path.sep, '/').replace(/\/$/, ''), ...parts].join('/');
  return scheme === 'file' || windows ? fileUri(absolute) : absolute;
}

function pathOfFileUri(uri: string): string {
  if (uri.startsWith('file://')) {
    try {
      return fileURLToPath(uri);
    } catch {
      throw invalidParameter(
        `${uri} is not a valid remote uri. For remote access on windows, please consider using a different ` +
          'scheme such as SMB (e.g. smb://<hostname>/<path>).',
      );
    }
  }
  return decodeURIComponent(uri.slice('file:'.length));
}

/** A `file:` URI as Python's urlunsplit writes it: nothing is escaped. */
function fileUri(path: string): string {
  return path.startsWith('/') ? `file://${path}` : `file:///${path}`;
}

/**
 * `uri` with segments added to its path, before a query or fragment (`mlflow.utils.uri.append_to_uri_path`).
 */
export function appendToUri(uri: string, ...segments: string[]): string {
  const added = segments.join('/');
  if (schemeOf(uri) === '') {
    return joined(uri, added);
  }
  const end = /[?#]/.exec(uri)?.index ?? uri.length;
  if (decodedFully(uri.slice(end)).includes('..')) {
    throw invalidParameter('Invalid query string');
  }
  const colon = uri.indexOf(':') + 1;
  const authority = /^\/\/[^/]*/.exec(uri.slice(colon, end))?.[0] ?? '';
  const start = colon + authority.length;
  const path = uri.slice(start, end);
  const appended = joined(path, added);
  const separator = authority !== '' && appended !== '' && !appended.startsWith('/') ? '/' : '';
  return uri.slice(0, start) + separator + appended + uri.slice(end);
}

function joined(path: string, added: string): string {
  return path === '' || path.endsWith('/') ? path + added : `${path}/${added}`;
}

function decodedFully(text: string): string {
  let decoded = text;
  for (let round = 0; round < 10; round += 1) {
    const next = unquoted(decoded);
    if (next === decoded) {
      break;
    }
    decoded = next;
  }
  return decoded;
}

function unquoted(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
