import { extname } from 'node:path';

const TEXT = new Set(
  'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb'.split(
    ' ',
  ),
);
const TEXT_NAMES = new Set(['MLmodel', 'MLproject']);
const IMAGES = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['bmp', 'image/bmp'],
]);

/** The type that a file is sent as: text as plain text, pictures without script, anything else as bytes. */
export function contentTypeOf(name: string): string {
  const extension = extname(name).slice(1).toLowerCase();
  if (TEXT.has(extension) || TEXT_NAMES.has(name)) {
    return 'text/plain; charset=utf-8';
  }
  return IMAGES.get(extension) ?? 'application/octet-stream';
}

/** A Content-Disposition that has a browser save the file under its name (RFC 6266). */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return ascii === name
    ? `attachment; filename="${ascii}"`
    : `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
