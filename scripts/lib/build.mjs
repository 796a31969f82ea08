import { join } from 'node:path';
import { root } from './paths.mjs';
import { node } from './run.mjs';

/** Set for programs that find dist as they need it, and must not make it anew under others. */
export const BUILT_VARIABLE = 'MLFLOW_WORKBENCH_BUILT';

/** Bundles the extension and its programs into dist; `--production` as `npm run package` does. */
export async function build(args = []) {
  if (args.length > 0 || !process.env[BUILT_VARIABLE]) await node([join(root, 'esbuild.mjs'), ...args]);
}
