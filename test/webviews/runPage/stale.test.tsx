import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishedRun, runningRun, staleRun, STARTED } from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click } from '../support/queries.js';

const badge = (): Element | null => document.querySelector('.status');
const duration = (): string | undefined =>
  [...document.querySelectorAll('.fact')]
    .find((fact) => fact.querySelector('dt')?.textContent === 'Duration')
    ?.querySelector('dd')?.textContent ?? undefined;

describe('a run that is stale', () => {
  let page: OpenPage;
  beforeEach(async () => {
    page = await openRunPage();
  });
  afterEach(() => vi.unstubAllGlobals());

  it('says so instead of running, with a sign that stands still, and counts no more', async () => {
    await page.receive({ type: 'run', run: staleRun });
    expect(badge()?.textContent).toBe('Stale');
    expect(badge()?.querySelector('.codicon-modifier-spin')).toBeNull();
    expect(duration()).toBe('1m 1s');
  });

  it('says why: what is known, or what is only supposed', async () => {
    await page.receive({ type: 'run', run: staleRun });
    expect(byRole('note').textContent).toContain('its process ended at');
    await page.receive({ type: 'run', run: { ...staleRun, stale: { kind: 'silent', since: STARTED } } });
    expect(byRole('note').textContent).toContain('nothing has been heard of it since');
    expect(byRole('note').textContent).toContain('may be on another machine');
  });

  it('can be ended', async () => {
    await page.receive({ type: 'run', run: staleRun });
    await click(byRole('button', 'Set to Failed'));
    await click(byRole('button', 'Set to Killed'));
    expect(page.sent.slice(-2)).toEqual([
      { type: 'endRun', status: 'FAILED' },
      { type: 'endRun', status: 'KILLED' },
    ]);
  });

  it('is an ordinary one again when it is heard of, and when it has ended', async () => {
    await page.receive({ type: 'run', run: staleRun }, { type: 'run', run: runningRun });
    expect(badge()?.textContent).toBe('Running');
    expect(allByRole('note')).toEqual([]);
    await page.receive({ type: 'run', run: staleRun }, { type: 'run', run: finishedRun });
    expect(badge()?.textContent).toBe('Finished');
    expect(allByRole('button', /Set to/)).toEqual([]);
  });

  it('is said aloud when it becomes one', async () => {
    await page.receive({ type: 'run', run: runningRun });
    await page.receive({ type: 'run', run: staleRun });
    await expect.poll(() => byRole('status').textContent).toBe('bright-shrew-417: Stale');
  });
});
