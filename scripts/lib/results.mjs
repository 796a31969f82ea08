// Reads how many tests passed, failed and were skipped from what each runner wrote to .cache/results.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { results } from './paths.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** Result files of a tier, one for each kind of runner. */
export function resultFiles(tier) {
  return [join(results, `${tier}.json`), join(results, `${tier}.xml`)];
}

/**
 * The counts of a tier, or undefined where its runner left no results.
 * @returns {Counts | undefined}
 */
export function readCounts(tier) {
  const file = resultFiles(tier).find((each) => existsSync(each));
  if (!file) return undefined;
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.xml') ? fromJunit(text) : fromJson(JSON.parse(text));
}

/** Vitest's JSON reporter, or the results that test/integration/index.ts writes. */
function fromJson(content) {
  if (!('numTotalTests' in content)) {
    return { passed: content.passed, failed: content.failed, skipped: content.skipped };
  }
  return {
    passed: content.numPassedTests,
    failed: content.numFailedTests,
    skipped: content.numPendingTests + content.numTodoTests,
  };
}

/** JUnit XML as pytest writes it: the counts are attributes of each <testsuite>. */
function fromJunit(text) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, attributes] of text.matchAll(/<testsuite\s([^>]*)>/g)) {
    const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    counts.failed += failed;
    counts.skipped += count('skipped');
    counts.passed += count('tests') - failed - count('skipped');
  }
  return counts;
}

/** `N passed, N failed`, with the skipped ones only where there are any. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
