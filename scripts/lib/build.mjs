import { join } from 'node:path';
import { root } from './paths.mjs';
import { node } from './run.mjs';

/** Bundles the extension and its programs into dist; `--production` as `npm run package` does. */
export function build(args = []) {
  return node([join(root, 'esbuild.mjs'), ...args]);
}
