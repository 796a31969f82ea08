import { afterEach, describe, expect, it, vi } from 'vitest';
import { finishedRun, trainingMetrics } from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click, nameOf, type } from '../support/queries.js';

async function openWithRun(kept?: Parameters<typeof openRunPage>[0]): Promise<OpenPage> {
  const page = await openRunPage(kept);
  await page.receive({ type: 'run', run: finishedRun }, { type: 'metrics', metrics: trainingMetrics() });
  return page;
}

describe('what the page keeps', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is how the person left it, and a new page shows it so again', async () => {
    const before = await openWithRun();
    await click(byRole('button', 'Parameters 7'));
    await click(byRole('button', 'train: 3 metrics'));
    await click(byRole('button', 'System metrics 2'));
    await click(byRole('button', 'epoch'));
    await click(byRole('button', 'Last', byRole('columnheader', 'Last', byRole('table', 'Metrics'))));
    await type(byRole('searchbox', 'Filter metrics'), 'c');

    await openWithRun(before.state());
    expect(byRole('button', 'Parameters 7').getAttribute('aria-expanded')).toBe('false');
    expect(byRole('button', /^train: /).getAttribute('aria-expanded')).toBe('false');
    expect(byRole('button', 'System metrics 2').getAttribute('aria-expanded')).toBe('true');
    expect(allByRole('img', /^Chart of/).map(nameOf)).toEqual([expect.stringMatching(/^Chart of epoch/)]);
    expect((byRole('searchbox', 'Filter metrics') as HTMLInputElement).value).toBe('c');
    const last = byRole('columnheader', 'Last', byRole('table', 'Metrics'));
    expect(last.getAttribute('aria-sort')).toBe('descending');
  });

  it('names the run from the start, so that VS Code can restore the panel', async () => {
    const page = await openRunPage({ runId: 'kept' });
    expect(page.state()?.runId).toBe('kept');
    await page.receive({ type: 'run', run: finishedRun });
    expect(page.state()?.runId).toBe(finishedRun.runId);
  });

  it('may be of another version of the page, or missing', async () => {
    await openWithRun({});
    expect(allByRole('table', 'Metrics')).toHaveLength(1);
  });
});
