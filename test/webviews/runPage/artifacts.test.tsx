import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { artifactFolders, finishedRun, listing, runningRun } from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click, focus, press } from '../support/queries.js';

let page: OpenPage;

/** Paths that the page has asked for since the last call. */
function asked(): string[] {
  return page.sent.splice(0).flatMap((message) => (message.type === 'listArtifacts' ? [message.path] : []));
}

/** Answers what the page asks for until it asks no more. */
async function answer(): Promise<void> {
  for (let paths = asked(); paths.length > 0; paths = asked()) await page.receive(...paths.map(listing));
}

const item = (path: string): HTMLElement => {
  const found = allByRole('treeitem').find((each) => each.dataset.path === path);
  if (!found) throw new Error(`${path} is not in the tree`);
  return found;
};
const paths = (): (string | undefined)[] => allByRole('treeitem').map(({ dataset }) => dataset.path);
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset.path;

beforeEach(async () => {
  page = await openRunPage();
  await page.receive({ type: 'run', run: runningRun });
});
afterEach(() => vi.unstubAllGlobals());

describe('the tree of artifacts', () => {
  it('asks for the root once it is shown, and says that it loads', async () => {
    expect(asked()).toEqual(['']);
    expect(byRole('tree', 'Artifacts').textContent).toBe('Loading…');
    await page.receive(listing(''));
    expect(paths()).toEqual([
      'checkpoints',
      'empty',
      'forbidden',
      'model',
      'confusion_matrix.png',
      'holdout.parquet',
      'metrics.json',
    ]);
    expect(item('holdout.parquet').textContent).toBe('holdout.parquet 3.3 MB');
  });

  it('asks for a folder when it is expanded, not before, and not twice', async () => {
    await answer();
    await click(item('model'));
    expect(asked()).toEqual(['model']);
    await page.receive(listing('model'));
    expect(item('model').getAttribute('aria-expanded')).toBe('true');
    expect(item('model/data').getAttribute('aria-level')).toBe('2');
    await click(item('model'));
    expect(paths()).not.toContain('model/data');
    await click(item('model'));
    expect(asked()).toEqual([]);
  });

  it('opens a file', async () => {
    await answer();
    await click(item('metrics.json'));
    expect(page.sent.at(-1)).toEqual({ type: 'openArtifact', path: 'metrics.json' });
  });

  it('says that a folder is empty, or why it cannot be listed, and tries again', async () => {
    await answer();
    await click(item('empty'));
    await click(item('forbidden'));
    await answer();
    expect(byRole('tree').textContent).toContain('Empty folder');
    expect(byRole('alert').textContent).toBe('Could not be listed: Permission denied.');
    await click(byRole('button', 'Try again'));
    expect(asked()).toEqual(['forbidden']);
    expect(allByRole('alert')).toEqual([]);
  });

  it('goes by keys as VS Code’s trees do', async () => {
    await answer();
    await focus(item('checkpoints'));
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await press(key);
    expect(focused()).toBe('model');
    await press('ArrowRight');
    await answer();
    await press('ArrowRight');
    expect(focused()).toBe('model/data');
    await press('ArrowLeft');
    expect(focused()).toBe('model');
    await press('ArrowLeft');
    expect(item('model').getAttribute('aria-expanded')).toBe('false');
    await press('End');
    await press('Enter');
    expect(page.sent.at(-1)).toEqual({ type: 'openArtifact', path: 'metrics.json' });
  });

  it('has one stop in the order of Tab', async () => {
    await answer();
    const stops = (): (string | undefined)[] =>
      allByRole('treeitem')
        .filter(({ tabIndex }) => tabIndex === 0)
        .map(({ dataset }) => dataset.path);
    expect(stops()).toEqual(['checkpoints']);
    await focus(item('model'));
    expect(stops()).toEqual(['model']);
  });

  it('looks again when the run ends and when asked to, and shows the old list meanwhile', async () => {
    await answer();
    const model = item('model');
    await page.receive({ type: 'run', run: finishedRun });
    expect(asked()).toEqual(['']);
    expect(item('model')).toBe(model);
    const added = { path: 'late.txt', isDirectory: false, size: 3 };
    await page.receive({ type: 'artifacts', path: '', entries: [...(artifactFolders[''] ?? []), added] });
    expect(paths()).toContain('late.txt');
    expect(item('model')).toBe(model);
    await click(byRole('button', 'Refresh artifacts'));
    expect(asked()).toEqual(['']);
  });

  it('does not look again when only the duration or a parameter changed', async () => {
    await answer();
    await page.receive({ type: 'run', run: { ...runningRun, params: [] } });
    expect(asked()).toEqual([]);
  });

  it('shows folders again that were expanded when the page was left', async () => {
    page = await openRunPage({ expanded: { 'folder:model': true, 'folder:model/data': true } });
    await page.receive({ type: 'run', run: finishedRun });
    await answer();
    await act(() => undefined);
    expect(paths()).toContain('model/data/weights.pth');
  });
});
