// `npm test`: every tier in turn, then a table and, as the last line, `N passed, N failed`.
// The soak tier takes long and is run by itself: npm run test:soak.
import './bootstrap.mjs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { readCounts, resultFiles, summary } from './lib/results.mjs';
import { runForCode } from './lib/run.mjs';

const tiers = [
  ['unit', 'test-tier.mjs', 'unit'],
  ['conformance', 'test-tier.mjs', 'conformance'],
  ['contract', 'test-tier.mjs', 'contract'],
  ['process', 'test-tier.mjs', 'process'],
  ['webviews', 'test-tier.mjs', 'webviews'],
  ['integration', 'test-integration.mjs'],
  ['python', 'test-python.mjs'],
  ['e2e', 'test-e2e.mjs'],
];

const rows = [];
for (const [tier, script, ...args] of tiers) rows.push(await runTier(tier, script, args));

console.log(`\n${['tier', 'passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}`);
for (const { tier, passed, failed, skipped, seconds, note } of rows) {
  console.log(`${[tier, passed, failed, skipped, seconds].map(cell).join('')}${note}`);
}
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
console.log(`\n${summary({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

async function runTier(tier, script, args) {
  console.log(`\n── ${tier} ──`);
  for (const file of resultFiles(tier)) rmSync(file, { force: true });
  const started = Date.now();
  const code = await runForCode(process.execPath, [join(root, 'scripts', script), ...args]);
  const seconds = Math.round((Date.now() - started) / 1000);
  const counts = readCounts(tier) ?? { passed: 0, failed: 0, skipped: 0 };
  // A tier that ran nothing, or that broke outside of a test, is a failure too, and counts as one.
  let note = '';
  if (counts.failed === 0 && counts.passed === 0) note = '  ran no test';
  else if (counts.failed === 0 && code !== 0) note = `  ended with exit code ${code}`;
  return { tier, ...counts, failed: counts.failed + (note ? 1 : 0), seconds, note };
}

function cell(value) {
  return String(value).padEnd(13);
}
