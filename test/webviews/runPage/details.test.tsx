import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bareRun, finishedRun, manyParams } from '../../fixtures/runPage.js';
import { openRunPage, type OpenPage } from '../support/page.js';
import { allByRole, byRole, click, normal, rowsOf, type } from '../support/queries.js';

let page: OpenPage;
beforeEach(async () => {
  page = await openRunPage();
  await page.receive({ type: 'run', run: finishedRun });
});
afterEach(() => vi.unstubAllGlobals());

describe('parameters', () => {
  const names = (): (string | undefined)[] => rowsOf(byRole('table', 'Parameters')).map(([name]) => name);

  it('stand in order of their names, numbers in them counted', () => {
    expect(names()).toEqual([
      'batch_size',
      'dropout',
      'features',
      'layer2_units',
      'layer10_units',
      'learning_rate',
      'optimizer',
    ]);
  });

  it('are filtered by name and by value', async () => {
    await type(byRole('searchbox', 'Filter parameters'), 'adamw');
    expect(names()).toEqual(['optimizer']);
    await click(byRole('button', 'Clear filter'));
    expect(names()).toHaveLength(7);
  });

  it('are copied whole', async () => {
    await click(byRole('button', 'Copy the value of features'));
    const value = finishedRun.params.find(({ key }) => key === 'features')?.value;
    expect(page.sent.at(-1)).toEqual({ type: 'copy', text: value });
  });

  it('come 200 at a time, the rest when asked for', async () => {
    await page.receive({ type: 'run', run: { ...finishedRun, params: manyParams(250) } });
    expect(names()).toHaveLength(200);
    await click(byRole('button', 'Show all'));
    expect(names()).toHaveLength(250);
  });
});

describe('tags', () => {
  it('show people’s own, and MLflow’s when asked for', async () => {
    expect(rowsOf(byRole('table', 'Tags'))).toEqual([
      ['reviewed', 'no'],
      ['team', 'pricing'],
    ]);
    expect(allByRole('table', 'Set by MLflow')).toEqual([]);
    await click(byRole('button', 'Set by MLflow 3'));
    expect(rowsOf(byRole('table', 'Set by MLflow'))).toHaveLength(3);
  });
});

describe('description, datasets and models', () => {
  it('show what the run has', () => {
    const texts = (region: string): string[] =>
      [...byRole('region', region).querySelectorAll('li')].map((item) => normal(item.textContent));
    expect(texts('Datasets 2')).toEqual([
      'houses-2025-10 training 7c0de1aa',
      'houses-holdout evaluation 19f3b2c4',
    ]);
    expect(texts('Models 1')).toEqual(['price-net m-2f6c1d0e9b8a47d5a3c1']);
    expect(document.querySelector('.note')?.textContent).toBe(finishedRun.note);
  });

  it('say how a script logs what is missing', async () => {
    await page.receive({ type: 'run', run: bareRun });
    const text = document.body.textContent;
    for (const call of ['mlflow.log_param()', 'mlflow.set_tag()', 'mlflow.log_input()', 'log_model()']) {
      expect(text).toContain(call);
    }
    expect(allByRole('region', 'Description')).toEqual([]);
  });
});
