import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishedRun, listing, manyParams, trainingMetrics } from '../../fixtures/runPage.js';
import { openRunPage } from '../support/page.js';
import { allByRole, byRole, click, nameOf, roleOf } from '../support/queries.js';

/** Everything that can be shown at once is shown. */
beforeEach(async () => {
  const page = await openRunPage();
  await page.receive(
    { type: 'run', run: { ...finishedRun, lifecycleStage: 'deleted', params: manyParams(201) } },
    { type: 'metrics', metrics: trainingMetrics() },
    listing(''),
    { type: 'failed', message: 'The store does not answer.' },
  );
  await click(byRole('button', 'System metrics 2'));
  await click(byRole('button', 'train/loss'));
  await click(byRole('button', 'Set by MLflow 3'));
});
afterEach(() => vi.unstubAllGlobals());

describe('everything on the page', () => {
  it('has a name where it can be operated, or is a picture or a landmark', () => {
    const roles = new Set([
      'button',
      'searchbox',
      'img',
      'table',
      'tree',
      'treeitem',
      'region',
      'navigation',
    ]);
    const named = [...document.body.querySelectorAll('*')].filter((element) =>
      roles.has(roleOf(element) ?? ''),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((element) => nameOf(element) === '').map((element) => element.outerHTML)).toEqual([]);
  });

  it('is inside the one main landmark, apart from the live region', () => {
    const main = byRole('main');
    const outside = [...document.body.querySelectorAll('button, table, h1, h2, p')].filter(
      (e) => !main.contains(e),
    );
    expect(outside).toEqual([]);
    expect(byRole('status').getAttribute('aria-live')).toBe('polite');
  });

  it('has headings without gaps: one h1, then h2', () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => localName);
    expect(levels[0]).toBe('h1');
    expect(new Set(levels.slice(1))).toEqual(new Set(['h2']));
  });

  it('refers only to ids that are there, and ids are there once', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const references = [...document.querySelectorAll('[aria-controls], [aria-labelledby]')].flatMap(
      (element) => ['aria-controls', 'aria-labelledby'].flatMap((name) => element.getAttribute(name) ?? []),
    );
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is a table with headings where it looks like one', () => {
    const tables = allByRole('table');
    expect(tables.map(nameOf)).toEqual(['Metrics', 'System metrics', 'Parameters', 'Tags', 'Set by MLflow']);
    for (const table of tables) {
      expect(allByRole('columnheader', undefined, table).length).toBeGreaterThanOrEqual(2);
      for (const row of table.querySelectorAll('tbody > tr:not(.chart-row)')) {
        expect(allByRole('rowheader', undefined, row)).toHaveLength(1);
      }
    }
  });

  it('hides its icons from screen readers', () => {
    const icons = [...document.querySelectorAll('.codicon')];
    expect(icons.length).toBeGreaterThan(20);
    expect(icons.filter((icon) => icon.getAttribute('aria-hidden') !== 'true')).toEqual([]);
  });

  it('has no inline style and no inline handler in its markup, as the policy demands', () => {
    expect(document.querySelectorAll('[style], [onclick], script, style')).toHaveLength(0);
  });
});
