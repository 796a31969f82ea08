// Bundles the programs: the extension, the tracking server, its store worker, and the webviews.
// `--watch` rebuilds on change, `--production` minifies and leaves the source maps out, `--outdir=<folder>` puts
// them somewhere else than into dist.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const outdir = process.argv.find((each) => each.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'info',
  legalComments: 'none',
};

/** Programs that run in Node. Only the extension may see `vscode`: elsewhere an import of it fails to build. */
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node22' };

/**
 * One `require('vscode')` for the whole bundle. VS Code looks up at each of them which extension asks, through the
 * file system; one in every module made up most of the time that loading took.
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'once' },
    );
    build.onLoad({ filter: /.*/, namespace: 'once' }, () => ({
      contents: "export * from 'vscode';",
    }));
  },
};

const programs = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    plugins: [vscodeOnce],
  },
  {
    ...node,
    entryPoints: { server: 'src/server/main.ts', storeWorker: 'src/server/sqlite/storeWorker.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
  },
  {
    ...shared,
    entryPoints: {
      runPage: 'webviews/runPage/main.tsx',
      trackingPlaces: 'webviews/trackingPlaces/main.tsx',
    },
    outdir: join(outdir, 'webviews'),
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

await rm(outdir, { recursive: true, force: true });
const contexts = await Promise.all(programs.map((program) => context(program)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
