import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * The one name of a database file, whatever links and letter case lead to it. Neither it nor the folders above it
 * need to exist.
 */
export async function canonicalStorePath(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch {
    const folder = dirname(absolute);
    return folder === absolute ? absolute : join(await canonicalStorePath(folder), basename(absolute));
  }
}

/** A short name of a store for ids and folder names, from its canonical path. */
export function storeKey(canonicalPath: string): string {
  return createHash('sha256').update(canonicalPath).digest('hex').slice(0, 24);
}
