import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * The folders that the store's owner lets the server read artifacts from and clients keep them in. Links are
 * followed before anything is compared.
 */
export class ApprovedRoots {
  /** @param folders absolute paths; one that does not exist yet counts once it does */
  constructor(private readonly folders: readonly string[]) {}

  /**
   * The real path of `path` when it is in an approved folder, else undefined. It need not exist: then the part
   * that does decides.
   */
  async approved(path: string): Promise<string | undefined> {
    const real = await realPathOf(path);
    for (const folder of this.folders) {
      if (isInside(await realPathOf(folder), real)) {
        return real;
      }
    }
    return undefined;
  }
}

/** `path` with the links in the part of it that exists followed. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPathOf(parent), basename(path));
  }
}

/** Whether `path` is `folder` or below it; both real, absolute paths. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
