// Runs one tier of vitest tests that needs no browser: node scripts/test-tier.mjs unit [file …]
import './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { pythonWithMlflow } from './lib/python.mjs';
import { runVitest } from './lib/vitest.mjs';

const [tier, ...args] = process.argv.slice(2);
// The soak tier runs the built tracking server; the others read the sources.
if (tier === 'soak') await build();
// The conformance tier holds answers beside those of a real `mlflow server`.
const env = tier === 'conformance' ? { PYTHON_WITH_MLFLOW: await pythonWithMlflow() } : {};
process.exitCode = await runVitest(tier, args, env);
