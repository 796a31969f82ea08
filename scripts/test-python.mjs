// The python tier: pytest in test/python with the real `mlflow`, of several releases, against the built tracking
// server: node scripts/test-python.mjs [arguments of pytest]
import './bootstrap.mjs';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { results, root } from './lib/paths.mjs';
import { NEWEST, pythonOf } from './lib/python.mjs';
import { readCounts, summary } from './lib/results.mjs';
import { node, runForCode } from './lib/run.mjs';

const file = join(results, 'python.xml');
mkdirSync(results, { recursive: true });
rmSync(file, { force: true });

await build();
await node([join(root, 'scripts', 'setup-python.mjs')]);
const options = ['-p', 'no:cacheprovider', '--durations=10', `--junitxml=${file}`];
process.exitCode = await runForCode(
  pythonOf(NEWEST),
  ['-m', 'pytest', ...options, ...process.argv.slice(2)],
  // Its configuration is there, and paths among the arguments are below it.
  { cwd: join(root, 'test', 'python') },
);
const counts = readCounts('python');
if (counts) console.log(summary(counts));
