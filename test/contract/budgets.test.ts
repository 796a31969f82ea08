import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Every production source file with its number of lines, longest first. */
async function sources(): Promise<{ path: string; lines: number }[]> {
  const files: { path: string; lines: number }[] = [];
  for (const folder of ['src', 'webviews']) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && /\.tsx?$/.test(entry.name)) {
        const path = join(entry.parentPath, entry.name);
        files.push({ path, lines: (await readFile(path, 'utf8')).trimEnd().split('\n').length });
      }
    }
  }
  return files.sort((a, b) => b.lines - a.lines);
}

describe('file sizes', () => {
  let files: { path: string; lines: number }[];
  beforeAll(async () => {
    files = await sources();
  });

  it('has no file over 400 lines', () => {
    expect(files.filter((file) => file.lines > 400)).toEqual([]);
  });

  it('has nine files of ten under 250 lines', () => {
    const long = files.filter((file) => file.lines >= 250);
    expect(long.length, long.map((file) => file.path).join('\n')).toBeLessThanOrEqual(files.length / 10);
  });

  it('has a median under 80 lines', () => {
    expect(files[Math.floor(files.length / 2)]?.lines).toBeLessThan(80);
  });
});
