// `npm test`: every tier, then a table and, as the last line, `N passed, N failed`. Tiers that mostly wait run beside
// others; what they print comes when they have ended.
// The soak tier takes long and is run by itself: npm run test:soak.
import './bootstrap.mjs';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_VARIABLE, build } from './lib/build.mjs';
import { results, root } from './lib/paths.mjs';
import { readCounts, resultFiles, summary } from './lib/results.mjs';
import { node, runForCode } from './lib/run.mjs';

const before = [
  ['unit', 'test-tier.mjs', 'unit'],
  ['conformance', 'test-tier.mjs', 'conformance'],
  ['contract', 'test-tier.mjs', 'contract'],
];
const beside = [
  ['process', 'test-tier.mjs', 'process'],
  ['webviews', 'test-tier.mjs', 'webviews'],
  ['integration', 'test-integration.mjs'],
];
const python = ['python', 'test-python.mjs'];
const last = ['e2e', 'test-e2e.mjs'];

mkdirSync(results, { recursive: true });
await build();
process.env[BUILT_VARIABLE] = '1';
const rows = await runInTurn(before);
// Before any of those that use them at the same time.
await node([join(root, 'scripts', 'setup-python.mjs')]);
const [others, own] = await Promise.all([runInTurn(beside), runTier(python, true)]);
rows.push(...others, own, ...(await runInTurn([last])));

console.log(`\n${['tier', 'passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}`);
for (const { tier, passed, failed, skipped, seconds, note } of rows) {
  console.log(`${[tier, passed, failed, skipped, seconds].map(cell).join('')}${note}`);
}
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
console.log(`\n${summary({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') })}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

async function runInTurn(tiers) {
  const rows = [];
  for (const tier of tiers) rows.push(await runTier(tier));
  return rows;
}

/** Runs a tier. One that is quiet prints what it has to say at its end. */
async function runTier([tier, script, ...args], isQuiet = false) {
  const title = `\n── ${tier} ──`;
  for (const file of resultFiles(tier)) rmSync(file, { force: true });
  const log = join(results, `${tier}.log`);
  const output = isQuiet ? openSync(log, 'w') : undefined;
  const stdio = isQuiet ? ['ignore', output, output] : 'inherit';
  if (!isQuiet) console.log(title);
  const started = Date.now();
  const code = await runForCode(process.execPath, [join(root, 'scripts', script), ...args], { stdio });
  const seconds = Math.round((Date.now() - started) / 1000);
  if (isQuiet) {
    closeSync(output);
    console.log(`${title}\n${readFileSync(log, 'utf8')}`);
  }
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
