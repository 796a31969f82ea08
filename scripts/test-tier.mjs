// Runs one tier of vitest tests that needs neither a browser nor Python: node scripts/test-tier.mjs unit [file …]
import './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { runVitest } from './lib/vitest.mjs';

const [tier, ...args] = process.argv.slice(2);
// The soak tier runs the built tracking server; the others read the sources.
if (tier === 'soak') await build();
process.exitCode = await runVitest(tier, args);
