import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A single letter before the colon is a drive, not a scheme. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/**
 * The absolute path of a database that is named by its path, or by the URI that MLflow has for it:
 * `sqlite:///relative.db`, `sqlite:////absolute.db`.
 * @throws Error for any other URI
 */
export function storePathOf(text: string): string {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return resolve(text);
  }
  const path = /^sqlite:\/\/\/([^?#]+)$/i.exec(text)?.[1];
  if (path === undefined) {
    throw new Error(`The store is a path or sqlite:///PATH; this server opens no ${text}.`);
  }
  return resolve(path);
}

/** A place for artifacts: paths become absolute from the working folder, URIs stay as they are. */
export function artifactRootOf(text: string): string {
  return SCHEME.test(text) ? text : resolve(text);
}

/**
 * The absolute path of a folder that is named by its path or its `file:` URI.
 * @param option whose value it is
 * @throws Error for any other URI
 */
export function folderOf(option: string, text: string): string {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return resolve(text);
  }
  if (scheme !== 'file') {
    throw new Error(`${option} is a folder of this machine; this server keeps nothing at ${text}.`);
  }
  return fileURLToPath(text);
}
