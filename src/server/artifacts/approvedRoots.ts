import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { invalidParameter } from '../../core/base/errors.js';

/** How many links to nothing are followed, as many as Linux follows. */
const MOST_LINKS = 40;

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
    if (!this.mayLookAt(path)) {
      return undefined;
    }
    const real = await realPathOf(path);
    for (const folder of this.folders) {
      if (isInside(await realPathOf(folder), real)) {
        return real;
      }
    }
    return undefined;
  }

  /**
   * Whether the file system may be asked about a path. Windows goes to another machine for `\\machine\share`
   * and shows it who the user is, so that such a path must be on the share of an approved folder.
   */
  mayLookAt(path: string): boolean {
    const share = shareOf(path);
    return share === undefined || this.folders.some((folder) => shareOf(folder) === share);
  }
}

/** The start of a path that Windows does not find on a drive; undefined for any other path. */
function shareOf(path: string): string | undefined {
  const [, machine, share] = /^[\\/]{2}([^\\/]*)[\\/]+([^\\/]*)/.exec(path) ?? [];
  return machine === undefined || share === undefined ? undefined : `${machine}/${share}`.toLowerCase();
}

/** `path` with all links in it followed, also where what they lead to does not exist. */
export async function realPathOf(path: string, links = MOST_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) {
      return path;
    }
    const real = join(await realPathOf(parent, links), basename(path));
    const target = await readlink(real).catch(() => undefined);
    if (target === undefined) {
      return real;
    }
    if (links === 0) {
      throw invalidParameter('Invalid path');
    }
    return realPathOf(resolve(dirname(real), target), links - 1);
  }
}

/** Whether `path` is `folder` or below it; both real, absolute paths. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
