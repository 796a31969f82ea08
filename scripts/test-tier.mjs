// Runs one tier of vitest tests that needs no browser: node scripts/test-tier.mjs unit [file …]
import './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { pythonWithMlflow } from './lib/python.mjs';
import { runVitest } from './lib/vitest.mjs';

const [tier, ...args] = process.argv.slice(2);
// These run the built tracking server; the others read the sources.
if (['process', 'soak'].includes(tier)) await build();
// These have a real MLflow beside it.
const withMlflow = ['conformance', 'process', 'soak'].includes(tier);
const env = withMlflow ? { PYTHON_WITH_MLFLOW: await pythonWithMlflow() } : {};
process.exitCode = await runVitest(tier, args, env);
