// `npm run bench`: our tracking server beside a real `mlflow server`, in one run of some ten minutes.
//
// Prints a table and leaves it in .cache/bench/latest.md. `-- --same-journal` gives our database the journal
// mode of MLflow's; `-- --profile` measures ours alone and leaves CPU profiles in .cache/bench/profiles.
// MLFLOW_PYTHON names a Python with `mlflow` to use instead of our own.
import './bootstrap.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build as bundle } from 'esbuild';
import { build } from './lib/build.mjs';
import { cache, root } from './lib/paths.mjs';
import { pythonWithMlflow } from './lib/python.mjs';
import { runForCode } from './lib/run.mjs';

const { values } = parseArgs({
  options: { 'same-journal': { type: 'boolean' }, profile: { type: 'boolean' } },
});
const work = join(cache, 'bench');
const program = join(work, 'main.mjs');

// As it is packaged.
await build(['--production']);
await bundle({
  entryPoints: [join(root, 'test', 'bench', 'main.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  logLevel: 'warning',
});
const args = ['--server', join(root, 'dist', 'server.cjs'), '--work', work];
if (values.profile) {
  args.push('--cpu-prof', join(work, 'profiles'), '--out', join(work, 'profiled.md'));
} else {
  args.push(
    '--python',
    process.env.MLFLOW_PYTHON || (await pythonWithMlflow()),
    '--out',
    join(work, 'latest.md'),
  );
}
if (values['same-journal']) args.push('--same-journal');
process.exitCode = await runForCode(process.execPath, [program, ...args]);
