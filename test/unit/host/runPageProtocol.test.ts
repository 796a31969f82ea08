import { describe, expect, it } from 'vitest';
import { toRunPageMetric, toRunPageRun } from '../../../src/host/webviews/runPage/toProtocol.js';
import { makeRun } from '../../support/runs.js';

const around = { experimentName: 'iris', storeLabel: 'mlflow.db', modelNames: new Map([['m-1', 'forest']]) };

describe('toRunPageRun', () => {
  it('parts system tags from those of people, and orders both', () => {
    const tags = [
      { key: 'z', value: '1' },
      { key: 'a', value: '2' },
      { key: 'mlflow.user', value: 'me' },
    ];
    const page = toRunPageRun(makeRun('r', { tags }), around);
    expect(page.tags.map(({ key }) => key)).toEqual(['a', 'z']);
    expect(page.systemTags).toEqual([{ key: 'mlflow.user', value: 'me' }]);
  });

  it('tells source, note and what a data set was for by their tags', () => {
    const page = toRunPageRun(
      makeRun('r', {
        tags: [
          { key: 'mlflow.source.name', value: 'train.py' },
          { key: 'mlflow.source.git.commit', value: 'abc' },
          { key: 'mlflow.note.content', value: 'hello' },
        ],
        datasetInputs: [
          {
            dataset: { name: 'iris', digest: 'd', sourceType: 'local', source: '{}' },
            tags: [{ key: 'mlflow.data.context', value: 'training' }],
          },
        ],
      }),
      around,
    );
    expect(page.source).toEqual({ name: 'train.py', commit: 'abc' });
    expect(page.note).toBe('hello');
    expect(page.datasets).toEqual([{ name: 'iris', digest: 'd', context: 'training' }]);
  });

  it('names each model once, by its id where the name is not known', () => {
    const modelOutputs = [
      { modelId: 'm-1', step: 0 },
      { modelId: 'm-2', step: 0 },
    ];
    const page = toRunPageRun(makeRun('r', { modelOutputs, modelInputs: [{ modelId: 'm-1' }] }), around);
    expect(page.models).toEqual([
      { modelId: 'm-1', name: 'forest' },
      { modelId: 'm-2', name: 'm-2' },
    ]);
  });
});

describe('toRunPageMetric', () => {
  it('makes every value ready for JSON', () => {
    const big = 9007199254740993n;
    const metric = toRunPageMetric({
      key: 'loss',
      count: 3,
      last: { step: big, timestamp: 0, value: Number.NaN },
      min: -Infinity,
      max: Infinity,
      points: [{ step: 2, timestamp: 0, value: 0.5 }],
      sampled: false,
    });
    expect(JSON.parse(JSON.stringify(metric))).toEqual({
      key: 'loss',
      count: 3,
      last: 'NaN',
      lastStep: '9007199254740993',
      min: '-Infinity',
      max: 'Infinity',
      points: [{ x: 2, y: 0.5 }],
      sampled: false,
    });
  });
});
