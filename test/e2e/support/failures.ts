import { afterEach } from 'vitest';
import type { Workbench } from './workbench.js';

/** Keeps a picture of the window after each test of the suite that fails, as `failed-<name>`. */
export function keepPictureOfFailure(name: string, workbench: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench()?.screenshot(`failed-${name}`);
  });
}
