import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  fallingValues,
  finishedRun,
  manyMetrics,
  metric,
  runningRun,
  trainingMetrics,
} from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click, focus, nameOf, press, rowsOf, type } from '../support/queries.js';

const metrics = trainingMetrics();
const table = (): HTMLElement => byRole('table', 'Metrics');
const keys = (): string[] => [...table().querySelectorAll('.metric-toggle')].map(nameOf);
const header = (name: string): HTMLElement => byRole('columnheader', name, table());
const sortBy = (name: string): Promise<void> => click(byRole('button', name, header(name)));

describe('metrics', () => {
  let page: OpenPage;
  beforeEach(async () => {
    page = await openRunPage();
    await page.receive({ type: 'run', run: finishedRun }, { type: 'metrics', metrics });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('stand in groups by their prefix, the machine’s own apart and collapsed', () => {
    const names = ['diverged', 'epoch', 'learning_rate', 'r2', 'train 3', 'accuracy', 'grad_norm', 'loss'];
    expect(rowsOf(table()).map(([name]) => name)).toEqual([...names, 'val 2', 'accuracy', 'loss']);
    expect(byRole('button', 'System metrics 2').getAttribute('aria-expanded')).toBe('false');
    expect(allByRole('table', 'System metrics')).toEqual([]);
  });

  it('show six digits, keep the exact value in the title and copy it', async () => {
    const row = byRole('button', 'r2').closest('tr');
    const last = row?.querySelector<HTMLElement>('td.last');
    expect(last?.textContent).toBe('0.873195');
    expect(last?.title).toBe('0.8731946201');
    await click(byRole('button', 'Copy the last value of r2'));
    expect(page.sent.at(-1)).toEqual({ type: 'copy', text: '0.8731946201' });
    expect(byRole('status').textContent).toBe('Copied');
  });

  it('show NaN and infinities as what they are', () => {
    const rows = rowsOf(table());
    const diverged = rows.find(([name]) => name === 'diverged');
    expect(diverged?.slice(0, 6)).toEqual(['diverged', 'NaN', '–', '–', '2', '3']);
    expect(rows.find(([name]) => name === 'grad_norm')?.[3]).toBe('Infinity');
  });

  it('draw sparklines with gaps and marks, and say that values are left out', () => {
    const picture = (key: string): HTMLElement => byRole('img', new RegExp(`^${key}: `));
    const broken = picture('train/grad_norm');
    expect(broken.querySelectorAll('polyline')).toHaveLength(3);
    expect(broken.querySelectorAll('.not-finite-mark').length).toBeGreaterThanOrEqual(2);
    expect(nameOf(broken)).toContain('NaN at step 21, NaN at step 22, NaN at step 23 and 3 more');
    expect(picture('diverged').querySelectorAll('polyline')).toHaveLength(0);
    const sampled = picture('learning_rate');
    expect(sampled.querySelector('title')?.textContent).toContain('Drawn from 120 of 240000 values');
    expect(sampled.closest('td')?.textContent).toContain('sampled');
  });

  it('are narrowed down by the filter, word by word, and Escape shows all again', async () => {
    const box = byRole('searchbox', 'Filter metrics');
    await type(box, 'LOSS v');
    expect(keys()).toEqual(['val/loss']);
    await type(box, 'no such metric');
    expect(document.body.textContent).toContain('Nothing matches “no such metric”.');
    await focus(box);
    await press('Escape');
    expect(keys()).toHaveLength(9);
  });

  it('are sorted by a column, the greatest first and NaN last, within their groups', async () => {
    expect(header('Metric').getAttribute('aria-sort')).toBe('ascending');
    await sortBy('Last');
    expect(header('Last').getAttribute('aria-sort')).toBe('descending');
    expect(header('Metric').getAttribute('aria-sort')).toBe('none');
    expect(keys().slice(0, 4)).toEqual(['epoch', 'r2', 'learning_rate', 'diverged']);
    await sortBy('Last');
    expect(header('Last').getAttribute('aria-sort')).toBe('ascending');
    expect(keys().slice(0, 4)).toEqual(['learning_rate', 'r2', 'epoch', 'diverged']);
  });

  it('are reached by arrow keys, and Enter on a name is a click', async () => {
    await focus(byRole('button', 'diverged'));
    await press('ArrowDown');
    expect(document.activeElement && nameOf(document.activeElement)).toBe('epoch');
    await press('End');
    expect(document.activeElement && nameOf(document.activeElement)).toBe('val/loss');
    await press('Home');
    expect(document.activeElement && nameOf(document.activeElement)).toBe('diverged');
    expect(document.activeElement?.localName).toBe('button');
  });

  it('collapse with their group', async () => {
    await click(byRole('button', 'train: 3 metrics'));
    expect(keys().filter((key) => key.startsWith('train/'))).toEqual([]);
    expect(byRole('button', 'train: 3 metrics').getAttribute('aria-expanded')).toBe('false');
  });

  it('open a chart below the row by a click anywhere on it, and close it again', async () => {
    const toggle = byRole('button', 'train/loss');
    const row = toggle.closest('tr');
    if (!row) throw new Error('The name stands outside of a row.');
    await click(row.querySelector('td.minor') ?? row);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    expect(row.nextElementSibling?.id).toBe(toggle.getAttribute('aria-controls'));
    expect(byRole('img', /^Chart of train\/loss\./).getAttribute('tabindex')).toBe('0');
    await click(toggle);
    expect(allByRole('img', /^Chart of/)).toEqual([]);
  });

  it('have a logarithmic scale only where every value is above 0', async () => {
    await click(byRole('button', 'train/loss'));
    await click(byRole('button', 'epoch'));
    const box = (key: string): HTMLInputElement | null =>
      byRole('button', key).closest('tr')?.nextElementSibling?.querySelector('input') ?? null;
    expect(box('epoch')?.disabled).toBe(true);
    expect(box('train/loss')?.disabled).toBe(false);
  });
});

describe('metrics that arrive', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('change their row and nothing else', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'run', run: runningRun }, { type: 'metrics', metrics });
    await click(byRole('button', 'train/loss'));
    await click(byRole('button', 'val: 2 metrics'));
    const [toggle, other] = [byRole('button', 'train/loss'), byRole('button', 'epoch').closest('tr')];
    const chart = byRole('img', /^Chart of train\/loss/);
    await focus(toggle);

    await page.receive({ type: 'metrics', metrics: [metric('train/loss', [...fallingValues(120), 0.0625])] });

    expect(toggle.closest('tr')?.querySelector('.last')?.textContent).toBe('0.0625');
    expect(toggle.isConnected && document.activeElement === toggle).toBe(true);
    expect(byRole('img', /^Chart of train\/loss/)).toBe(chart);
    expect(byRole('button', 'epoch').closest('tr')).toBe(other);
    expect(byRole('button', 'val: 2 metrics').getAttribute('aria-expanded')).toBe('false');
    expect(keys()).toContain('train/accuracy');
  });

  it('add rows where they belong', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'run', run: runningRun }, { type: 'metrics', metrics });
    await page.receive({ type: 'metrics', metrics: [metric('train/aux_loss', [1])] });
    expect(keys().filter((key) => key.startsWith('train/'))).toEqual([
      'train/accuracy',
      'train/aux_loss',
      'train/grad_norm',
      'train/loss',
    ]);
  });

  it('say what to do while there are none, as long as some may come', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'run', run: runningRun }, { type: 'metrics', metrics: [] });
    expect(document.body.textContent).toContain('No metrics yet.');
    await page.receive({ type: 'run', run: finishedRun });
    expect(document.body.textContent).toContain('This run logged no metrics.');
  });

  // A long list takes its time without a browser.
  it('come 200 at a time, the rest when asked for', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'run', run: finishedRun }, { type: 'metrics', metrics: manyMetrics(230) });
    expect(keys()).toHaveLength(200);
    expect(document.body.textContent).toContain('Showing the first 200 of 230.');
    await click(byRole('button', 'Show all'));
    expect(keys()).toHaveLength(230);
  }, 60_000);
});
