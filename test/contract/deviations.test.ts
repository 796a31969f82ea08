import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEVIATION_IDS } from '../support/deviationIds.js';
import { DEVIATIONS } from '../unit/search/deviations.js';
import type { Exchange } from '../conformance/http/exchange.js';

const root = resolve(import.meta.dirname, '../..');

interface Row {
  readonly id: string;
  readonly cells: readonly string[];
  /** The test that shows it. */
  readonly shownBy: string;
}

/** The rows of all tables in the document. */
function readRows(): Row[] {
  const lines = readFileSync(join(root, 'docs/deviations.md'), 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map((cells) => ({ id: unquoted(cells[0]), cells, shownBy: unquoted(cells.at(-1)) }));
}

function unquoted(cell = ''): string {
  return cell.replaceAll('`', '');
}

/** The deviations that the cases of the comparison with MLflow's server mark. */
async function markedIds(): Promise<string[]> {
  const folder = join(root, 'test/conformance/http/cases');
  const modules = await Promise.all(
    readdirSync(folder).map((name) => import(join(folder, name)) as Promise<Record<string, unknown>>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value) => Array.isArray(value))
    .flatMap((list) => list as Exchange[])
    .flatMap(({ compare }) => (typeof compare === 'object' ? [compare.because] : []));
}

const rows = readRows();
const ids = rows.map(({ id }) => id);

describe('docs/deviations.md', () => {
  it('has each id once, and of each everything', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9-]+$/.test(id))).toEqual([]);
    expect(rows.filter(({ cells }) => cells.length !== 5 || cells.includes(''))).toEqual([]);
    expect(rows.length).toBeGreaterThan(30);
  });

  it('names tests that exist', () => {
    expect(rows.map(({ shownBy }) => shownBy).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('lists what the comparisons with MLflow mark', async () => {
    const marked = [...(await markedIds()), ...DEVIATIONS.map(({ id }) => id)];
    expect(marked.length).toBeGreaterThan(20);
    expect(marked.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is right where it says that a comparison shows a row', async () => {
    const shown = (test: string) => rows.filter(({ shownBy }) => shownBy === test).map(({ id }) => id);
    const ofServer = await markedIds();
    const ofSearches: readonly string[] = DEVIATIONS.map(({ id }) => id);
    expect(shown('test/conformance/http/compare.test.ts').filter((id) => !ofServer.includes(id))).toEqual([]);
    expect(shown('test/unit/search/reference.test.ts').filter((id) => !ofSearches.includes(id))).toEqual([]);
    expect(DEVIATION_IDS.filter((id) => !ofServer.includes(id) && !ofSearches.includes(id))).toEqual([]);
  });
});
