import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bareRun, finishedRun, MARKUP, runningRun, STARTED } from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click, normal } from '../support/queries.js';

/** The page's facts by name. */
function facts(): Record<string, string> {
  const found = [...document.querySelectorAll('.fact')].map((fact) => [
    fact.querySelector('dt')?.textContent ?? '',
    normal(fact.querySelector('dd')?.textContent ?? ''),
  ]);
  return Object.fromEntries(found) as Record<string, string>;
}

describe('the header', () => {
  let page: OpenPage;
  beforeEach(async () => {
    page = await openRunPage();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('names the run, where it belongs and how it stands, in words', async () => {
    await page.receive({ type: 'run', run: finishedRun });
    expect(
      allByRole('heading')
        .filter(({ localName }) => localName === 'h1')
        .map((h) => h.textContent),
    ).toEqual(['bright-shrew-417']);
    const trail = byRole('navigation', 'Where this run is').querySelectorAll('li');
    expect([...trail].map((item) => item.textContent)).toEqual(['mlflow.db', 'house prices']);
    expect(document.querySelector('.status')?.textContent).toBe('Finished');
  });

  it.each([
    ['RUNNING', 'Running'],
    ['SCHEDULED', 'Scheduled'],
    ['FINISHED', 'Finished'],
    ['FAILED', 'Failed'],
    ['KILLED', 'Killed'],
  ] as const)('shows %s with a word and an icon of its own', async (status, word) => {
    await page.receive({ type: 'run', run: { ...finishedRun, status } });
    const badge = document.querySelector('.status');
    expect(badge?.textContent).toBe(word);
    expect(badge?.querySelector('.codicon')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('says a change of status aloud, but not the first one', async () => {
    await page.receive({ type: 'run', run: runningRun });
    expect(byRole('status').textContent).toBe('');
    await page.receive({ type: 'run', run: finishedRun });
    expect(byRole('status').textContent).toBe('bright-shrew-417: Finished');
  });

  it('tells the facts, and copies what is cut', async () => {
    await page.receive({ type: 'run', run: finishedRun });
    expect(facts()).toMatchObject({ Duration: '3m 12s', User: 'ada', 'Run ID': finishedRun.runId });
    expect(facts().Source).toBe('train.py wider-network 4e1243b');
    await click(byRole('button', 'Copy run ID'));
    await click(byRole('button', 'Copy commit'));
    await click(byRole('button', 'Copy artifact location'));
    const copied = page.sent.flatMap((message) => (message.type === 'copy' ? [message.text] : []));
    expect(copied).toEqual([finishedRun.runId, finishedRun.source?.commit, finishedRun.artifactUri]);
  });

  it('opens the source and the parent', async () => {
    await page.receive({ type: 'run', run: finishedRun });
    await click(byRole('button', `Open source: ${finishedRun.source?.name}`));
    await click(byRole('button', 'Open the parent run sweep 12'));
    expect(page.sent).toContainEqual({ type: 'openSource' });
    expect(page.sent).toContainEqual({ type: 'openRun', runId: finishedRun.parent?.runId });
  });

  it('leaves out what is not known', async () => {
    await page.receive({ type: 'run', run: bareRun });
    expect(Object.keys(facts())).toEqual(['Started', 'Duration', 'Run ID', 'Artifact location']);
    expect(facts()).toMatchObject({ Started: 'Not known', Duration: '–' });
    expect(allByRole('button', /parent/)).toEqual([]);
  });

  it('counts the seconds of a run that runs, and stops when it ends', async () => {
    vi.useFakeTimers({ now: STARTED + 61_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
    await page.receive({ type: 'run', run: runningRun });
    expect(facts().Duration).toBe('1m 1s so far');
    await act(() => void vi.advanceTimersByTime(4000));
    expect(facts().Duration).toBe('1m 5s so far');
    await page.receive({ type: 'run', run: finishedRun });
    await act(() => void vi.advanceTimersByTime(4000));
    expect(facts().Duration).toBe('3m 12s');
  });

  it('shows markup in names and texts as text', async () => {
    const tag = { key: MARKUP, value: MARKUP };
    await page.receive({
      type: 'run',
      run: { ...finishedRun, runName: MARKUP, note: MARKUP, params: [tag], tags: [tag], user: MARKUP },
    });
    expect(document.querySelector('h1')?.textContent).toBe(MARKUP);
    expect(document.querySelector('.note')?.textContent).toBe(MARKUP);
    expect(document.querySelectorAll('img, b')).toHaveLength(0);
  });
});

describe('the page as a whole', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks for everything when it opens, and again when it is shown again', async () => {
    const page = await openRunPage();
    expect(page.sent).toEqual([{ type: 'ready' }]);
    expect(byRole('main').getAttribute('aria-busy')).toBe('true');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(page.sent).toEqual([{ type: 'ready' }, { type: 'ready' }]);
  });

  it('says that the run could not be read, and tries again on demand', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'failed', message: 'The store does not answer.' });
    expect(byRole('alert').textContent).toContain('The run could not be read: The store does not answer.');
    await click(byRole('button', 'Try again'));
    expect(page.sent.at(-1)).toEqual({ type: 'ready' });
  });

  it('keeps what was shown when the run cannot be read again, until it can', async () => {
    const page = await openRunPage();
    await page.receive(
      { type: 'run', run: finishedRun },
      { type: 'failed', message: 'The store does not answer.' },
    );
    expect(byRole('alert').textContent).toContain('may be out of date');
    expect(document.querySelector('h1')?.textContent).toBe('bright-shrew-417');
    await page.receive({ type: 'run', run: finishedRun });
    expect(allByRole('alert')).toEqual([]);
  });

  it('says over a deleted run that it is deleted', async () => {
    const page = await openRunPage();
    await page.receive({ type: 'run', run: { ...finishedRun, lifecycleStage: 'deleted' } });
    expect(byRole('note').textContent).toContain('This run is deleted.');
  });
});
