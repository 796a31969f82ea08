import { constants, type Dirent } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { doesNotExist, invalidParameter } from '../../core/base/errors.js';
import type { ArtifactEntry } from '../../core/domain/artifact.js';
import { isInside } from './approvedRoots.js';
import { asArtifactError } from './fileErrors.js';
import { TEMPORARY_PREFIX } from './writeArtifact.js';

/** A file that is open for reading. Whoever has it closes the handle. */
export interface OpenArtifact {
  readonly handle: FileHandle;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

const STATS_AT_ONCE = 64;

/** @param path checked, relative to `root`; what is no folder has no entries */
export async function listFolder(root: string, path: string): Promise<ArtifactEntry[]> {
  const folder = await insideOf(root, path);
  const found = folder === undefined ? [] : await entriesIn(folder);
  const entries: ArtifactEntry[] = [];
  for (let start = 0; start < found.length; start += STATS_AT_ONCE) {
    const some = found.slice(start, start + STATS_AT_ONCE);
    const described = await Promise.all(
      some.map((entry) => describe(root, posix.join(path, entry.name), entry)),
    );
    entries.push(...described.filter((entry) => entry !== undefined));
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith(TEMPORARY_PREFIX));
  } catch {
    return [];
  }
}

/** Undefined for a link that leads out, and for what has just been deleted. */
async function describe(root: string, path: string, entry: Dirent): Promise<ArtifactEntry | undefined> {
  if (entry.isDirectory()) {
    return { path, isDirectory: true };
  }
  try {
    const full = join(entry.parentPath, entry.name);
    const stats = entry.isFile() ? await lstat(full) : await statInside(root, path);
    if (stats === undefined) {
      return undefined;
    }
    return stats.isDirectory() ? { path, isDirectory: true } : { path, isDirectory: false, size: stats.size };
  } catch {
    return undefined;
  }
}

async function statInside(root: string, path: string) {
  const real = await insideOf(root, path);
  return real === undefined ? undefined : stat(real);
}

/** @param path checked, relative to `root` */
export async function openFile(root: string, path: string): Promise<OpenArtifact> {
  const real = await insideOf(root, path);
  if (real === undefined) {
    throw doesNotExist(`No such artifact: '${path}'`);
  }
  const handle = await openUnlinked(real).catch((error: unknown) => {
    throw asArtifactError(error, path);
  });
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw invalidParameter(`Artifact path refers to a directory, not a file: '${path}'`);
  }
  return { handle, name: basename(path), size: stats.size };
}

/** The real path is no link; if it has become one since, it is not followed. A pipe must not hold us up. */
function openUnlinked(real: string): Promise<FileHandle> {
  return open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

/**
 * Deletes a file, or a folder with all that is in it. What is not there is deleted already. Of a link the link
 * goes, not what it leads to.
 */
export async function removeInside(root: string, path: string): Promise<void> {
  const folder = path === '' ? undefined : await insideOf(root, dirname(path));
  if (folder === undefined) {
    return;
  }
  try {
    await rm(join(folder, basename(path)), { recursive: true, force: true });
  } catch (error) {
    throw asArtifactError(error, path);
  }
}

/** The real path of what is at `path` below `root`; undefined where there is nothing or a link leads out. */
async function insideOf(root: string, path: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(root, ...path.split('/')));
    return isInside(await realpath(root), real) ? real : undefined;
  } catch {
    return undefined;
  }
}
