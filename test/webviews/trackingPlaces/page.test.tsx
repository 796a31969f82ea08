import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromTrackingPlaces, ToTrackingPlaces } from '../../../src/protocol/trackingPlaces.js';
import { places, trackedFolder } from '../../fixtures/trackingPlaces.js';
import { allByRole, byRole, click, nameOf, rowsOf } from '../support/queries.js';

let sent: FromTrackingPlaces[];

beforeEach(async () => {
  document.body.replaceChildren();
  sent = [];
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: (message: FromTrackingPlaces) => sent.push(structuredClone(message)),
  }));
  vi.resetModules();
  await act(async () => {
    await import('../../../webviews/trackingPlaces/main.js');
  });
});
afterEach(() => vi.unstubAllGlobals());

async function receive(data: ToTrackingPlaces): Promise<void> {
  await act(() => {
    window.dispatchEvent(new MessageEvent('message', { data }));
  });
}

describe('the page of tracking places', () => {
  it('asks for what it shows, and says that it waits', () => {
    expect(sent).toEqual([{ type: 'ready' }]);
    expect(byRole('main').getAttribute('aria-busy')).toBe('true');
  });

  it('shows each folder with a row for each place: the URI in force, or what holds without one, and why', async () => {
    const other = { ...trackedFolder, uri: 'file:///projects/other', name: 'other' };
    await receive(places(trackedFolder, other));
    expect(allByRole('table').map(nameOf)).toEqual(['iris', 'other']);
    expect(rowsOf(byRole('table', 'iris'))).toEqual([
      ['Terminals', 'http://127.0.0.1:41234', 'Given by MLflow Workbench.'],
      ['Notebooks', "MLflow's default", expect.stringMatching(/^Nothing sets one here\./)],
    ]);
    expect(allByRole('img', 'Here', byRole('table', 'iris'))).toHaveLength(1);
    expect(byRole('main').getAttribute('aria-busy')).toBe('false');
  });

  it('shows what has changed meanwhile, and keeps the focus where it was', async () => {
    await receive(places(trackedFolder));
    byRole('button', 'Write to .env… (Notebooks)').focus();
    const [terminal, notebook] = trackedFolder.places;
    const changed = { ...notebook!, why: 'Set by .env.' };
    await receive(places({ ...trackedFolder, places: [terminal!, changed] }));
    expect(rowsOf(byRole('table', 'iris'))[1]?.[2]).toMatch(/^Set by \.env/);
    expect(nameOf(document.activeElement!)).toBe('Write to .env… (Notebooks)');
  });

  it('says which button of which place or folder was pressed', async () => {
    await receive(places(trackedFolder));
    await click(byRole('button', 'Insert Line… (Notebooks)'));
    await click(byRole('button', 'Stop Tracking Here (iris)'));
    await click(byRole('button', 'Copy the tracking URI of Terminals'));
    expect(sent.slice(1)).toEqual([
      { type: 'run', folder: trackedFolder.uri, action: 'insertTrackingLine' },
      { type: 'run', folder: trackedFolder.uri, action: 'stopTracking' },
      { type: 'copyUri', folder: trackedFolder.uri, place: 'terminal' },
    ]);
    expect(byRole('status').textContent).toBe('Copied');
  });

  it('has a name for everything that can be operated, and headings without gaps', async () => {
    await receive(places(trackedFolder));
    const named = ['button', 'table', 'region', 'img'].flatMap((role) => allByRole(role));
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((element) => nameOf(element) === '')).toEqual([]);
    const names = allByRole('button').map(nameOf);
    expect(names).toEqual([...new Set(names)]);
    const headings = [...document.querySelectorAll('h1, h2, h3')].map(({ localName }) => localName);
    expect(headings).toEqual(['h1', 'h2']);
  });

  it('says that there is no folder', async () => {
    await receive(places());
    expect(byRole('main').textContent).toContain('No folder is open.');
    expect(allByRole('table')).toEqual([]);
  });
});
