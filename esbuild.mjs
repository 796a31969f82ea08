// Bundles the programs: the extension, the tracking server, its store worker, and the webviews.
// `--watch` rebuilds on change, `--production` minifies and leaves the source maps out.
import { rm } from 'node:fs/promises';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'info',
  legalComments: 'none',
};

/** Programs that run in Node. Only the extension may see `vscode`: elsewhere an import of it fails to build. */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node22' };

const programs = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: { server: 'src/server/main.ts', storeWorker: 'src/server/sqlite/storeWorker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...shared,
    entryPoints: { runPage: 'webviews/runPage/main.tsx' },
    outdir: 'dist/webviews',
    platform: 'browser',
    format: 'esm',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // The font of the codicons, which their style sheet names.
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];

await rm('dist', { recursive: true, force: true });
const contexts = await Promise.all(programs.map((program) => context(program)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
