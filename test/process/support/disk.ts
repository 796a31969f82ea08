// A small disk of a test's own, which can be full or read-only. Only root can mount one.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left. */
  readonly fill: () => void;
  /** Gives it back. */
  readonly free: () => void;
  readonly setReadOnly: (isReadOnly: boolean) => void;
}

/** Whether these tests can run at all: elsewhere there is no such disk, or nobody may mount it. */
export const CAN_MOUNT = process.platform === 'linux' && process.getuid?.() === 0;

const BLOCK = Buffer.alloc(4096);

/** Mounts a disk in memory, until the end of the test. Fails where root may not: in a container without the right. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'mlflow-workbench-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', path]);
    rmdirSync(path);
  });
  const filling = join(path, 'filling');
  return {
    path,
    fill: () => fillUp(filling),
    free: () => rmSync(filling),
    setReadOnly: (isReadOnly) =>
      void execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path]),
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) {
      writeSync(file, BLOCK);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') {
      throw error;
    }
  } finally {
    closeSync(file);
  }
}
