import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { doesNotExist, invalidParameter } from '../../core/base/errors.js';
import type { ArtifactEntry } from '../../core/domain/artifact.js';
import { isInside } from './approvedRoots.js';
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
  const names = folder === undefined ? [] : await namesIn(folder);
  const entries: ArtifactEntry[] = [];
  for (let start = 0; start < names.length; start += STATS_AT_ONCE) {
    const some = names.slice(start, start + STATS_AT_ONCE);
    const found = await Promise.all(
      some.map((name) => entryOf(root, path === '' ? name : `${path}/${name}`)),
    );
    entries.push(...found.filter((entry) => entry !== undefined));
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith(TEMPORARY_PREFIX));
  } catch {
    return [];
  }
}

/** Undefined for a link that leads out, and for what has just been deleted. */
async function entryOf(root: string, path: string): Promise<ArtifactEntry | undefined> {
  const real = await insideOf(root, path);
  const stats = real === undefined ? undefined : await stat(real).catch(() => undefined);
  if (stats === undefined) {
    return undefined;
  }
  return stats.isDirectory() ? { path, isDirectory: true } : { path, isDirectory: false, size: stats.size };
}

/** @param path checked, relative to `root` */
export async function openFile(root: string, path: string): Promise<OpenArtifact> {
  const real = await insideOf(root, path);
  if (real === undefined) {
    throw doesNotExist(`No such artifact: '${path}'`);
  }
  // The real path is no link; if it has become one since, it is not followed. A pipe must not hold us up.
  const handle = await open(
    real,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw invalidParameter(`Artifact path refers to a directory, not a file: '${path}'`);
  }
  return { handle, name: basename(path), size: stats.size };
}

/** Deletes a file, or a folder with all that is in it. What is not there is deleted already. */
export async function removeInside(root: string, path: string): Promise<void> {
  const real = await insideOf(root, path);
  if (real !== undefined && path !== '') {
    await rm(real, { recursive: true, force: true });
  }
}

/** The real path of what is at `path` below `root`; undefined where there is nothing or a link leads out. */
async function insideOf(root: string, path: string): Promise<string | undefined> {
  try {
    const real = await realpath(join(root, ...path.split('/')));
    return isInside(await realpath(root), real) && !real.includes(`${sep}..${sep}`) ? real : undefined;
  } catch {
    return undefined;
  }
}
