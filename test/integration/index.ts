// The module that VS Code's extension host loads in place of a person: runs every test beside it and keeps the
// results where scripts/test-integration.mjs looks for them.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

interface Results {
  passed: number;
  failed: number;
  skipped: number;
  /** A line for each finished test, in order. */
  lines: string[];
}

/** Called by VS Code once the extension under development is there; rejects when a test fails. */
export async function run(): Promise<void> {
  const results: Results = { passed: 0, failed: 0, skipped: 0, lines: [] };
  try {
    await runMocha(results);
  } catch (error) {
    results.failed++;
    results.lines.push(`✗ the tests could not be loaded\n${describeError(error)}`);
  }
  keep(results);
  if (results.failed > 0) throw new Error(`${results.failed} failed`);
}

async function runMocha(results: Results): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    ...(process.env.INTEGRATION_GREP === undefined ? {} : { grep: process.env.INTEGRATION_GREP }),
    reporter: class {} as unknown as Mocha.ReporterConstructor,
  });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'))) {
    mocha.addFile(join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      results.passed++;
      results.lines.push(`✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error) => {
      results.failed++;
      results.lines.push(`✗ ${test.fullTitle()}\n${describeError(error)}`);
    });
    runner.on('pending', (test) => {
      results.skipped++;
      results.lines.push(`- ${test.fullTitle()}`);
    });
  });
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Written under another name first, so that whoever waits for the file never reads half of it. */
function keep(results: Results): void {
  const file = process.env.INTEGRATION_RESULTS;
  if (file === undefined) throw new Error('INTEGRATION_RESULTS names no file for the results.');
  writeFileSync(`${file}.part`, JSON.stringify(results, undefined, 2));
  renameSync(`${file}.part`, file);
}
