// What the run page can be shown with, each as the messages that it gets.
import * as fixture from '../../test/fixtures/runPage.ts';

const metrics = (list) => ({ type: 'metrics', metrics: list });
const run = (value) => ({ type: 'run', run: value });

/** A run that has been training for a while, whenever one looks. */
const running = { ...fixture.runningRun, startTime: Date.now() - 754_000 };

/** `state` is what the page finds kept; `live` makes the preview log a value each half second. */
export const scenarios = {
  finished: {
    messages: [run(fixture.finishedRun), metrics(fixture.trainingMetrics())],
    state: {
      charts: ['train/grad_norm'],
      expanded: { 'folder:model': true, 'folder:forbidden': true, 'folder:empty': true },
    },
  },
  running: { messages: [run(running), metrics(fixture.trainingMetrics(40))], live: 'train/loss' },
  sampled: {
    messages: [run(running), metrics(fixture.trainingMetrics())],
    state: {
      charts: ['learning_rate', 'r2'],
      logarithmic: ['learning_rate'],
      expanded: { systemMetrics: true },
    },
  },
  bare: { messages: [run(fixture.bareRun), metrics([])], noArtifacts: true },
  deleted: {
    messages: [
      run({ ...fixture.finishedRun, status: 'FAILED', lifecycleStage: 'deleted', runName: fixture.MARKUP }),
      metrics(fixture.trainingMetrics()),
    ],
  },
  unreachable: { messages: [{ type: 'failed', message: 'The store does not answer (ECONNREFUSED).' }] },
  outdated: {
    messages: [
      run({ ...fixture.finishedRun, status: 'KILLED' }),
      metrics(fixture.trainingMetrics()),
      { type: 'failed', message: 'The store does not answer (ECONNREFUSED).' },
    ],
  },
  loading: { messages: [] },
  large: {
    messages: [run({ ...running, params: fixture.manyParams(2000) }), metrics(fixture.manyMetrics(2000))],
    live: 'layer0/weight_norm_1',
  },
};
