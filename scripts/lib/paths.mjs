// Where things are, for every script: the checkout and the folders below it that scripts fill.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What scripts download, install or record; ignored by git and safe to delete. */
export const cache = join(root, '.cache');
/** Machine-readable results of the last test run, a file for each tier. */
export const results = join(cache, 'results');
export const vscodeServer = join(cache, 'vscode-server');
export const screenshots = join(cache, 'screenshots');
