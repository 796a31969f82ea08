import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { invalidParameter } from '../../core/base/errors.js';
import { isInside, realPathOf } from './approvedRoots.js';
import { asWriteError } from './fileErrors.js';

/** MLflow hides files of this name from listings: an upload that is not finished. */
export const TEMPORARY_PREFIX = '.artifact.uploading.';

/**
 * Writes a file below `root`, making the folders on the way. It appears when it is complete; a file that was
 * there is replaced.
 * @param path checked, relative to `root`
 */
export async function writeInside(root: string, path: string, content: Readable): Promise<void> {
  try {
    const target = await placeFor(root, path);
    const temporary = join(
      dirname(target),
      `${TEMPORARY_PREFIX}${randomBytes(6).toString('hex')}.${basename(target).slice(0, 50)}`,
    );
    try {
      // A failure of ours must not end the connection: the client is still to be answered.
      const chunks = content.iterator({ destroyOnReturn: false });
      await pipeline(chunks, createWriteStream(temporary, { flags: 'wx', flush: true }));
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw asWriteError(error, path, root);
  }
}

/** Makes the folder of a file, and returns where the file goes, links on the way followed. */
async function placeFor(root: string, path: string): Promise<string> {
  const folder = await realPathOf(dirname(join(root, ...path.split('/'))));
  if (!isInside(await realPathOf(root), folder)) {
    throw invalidParameter('Invalid path');
  }
  await mkdir(folder, { recursive: true });
  return join(await realpath(folder), basename(path));
}
