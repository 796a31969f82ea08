import { get, post, type Exchange } from '../exchange.js';

const dataset = { name: 'd', digest: 'dd', source_type: 'local', source: '{}' };
/** MLflow's server loses what it cannot read without a word. */
const LOST_SILENTLY = { compare: { ours: 400, because: 'no-silent-loss' } } as const;

export const LOGGING: readonly Exchange[] = [
  post('a metric', 'runs/log-metric', { run_id: '<run>', key: 'm', value: 0.1, timestamp: 1, step: 1 }),
  post('a later value', 'runs/log-metric', { run_id: '<run>', key: 'm', value: 2, timestamp: 2, step: 2 }),
  post('by the old name', 'runs/log-metric', { run_uuid: '<run>', key: 'old', value: 1, timestamp: 1 }),
  post('strings for numbers', 'runs/log-metric', {
    run_id: '<run>',
    key: 's',
    value: '1.5',
    timestamp: '3',
    step: '4',
  }),
  post('NaN', 'runs/log-metric', { run_id: '<run>', key: 'nan', value: 'NaN', timestamp: 1 }),
  post('infinity', 'runs/log-metric', { run_id: '<run>', key: 'inf', value: 'Infinity', timestamp: 1 }),
  post('minus infinity', 'runs/log-metric', {
    run_id: '<run>',
    key: 'neg',
    value: '-Infinity',
    timestamp: 1,
  }),
  post(
    'a step beyond 2^53',
    'runs/log-metric',
    '{"run_id":"<run>","key":"big","value":1,"timestamp":9007199254740993,"step":9223372036854775807}',
  ),
  post('no value', 'runs/log-metric', { run_id: '<run>', key: 'm', timestamp: 1 }),
  post('null as value', 'runs/log-metric', { run_id: '<run>', key: 'm', value: null, timestamp: 1 }),
  post('text as value', 'runs/log-metric', { run_id: '<run>', key: 'm', value: 'abc', timestamp: 1 }),
  post('no time', 'runs/log-metric', { run_id: '<run>', key: 'm', value: 1 }),
  post('no key', 'runs/log-metric', { run_id: '<run>', value: 1, timestamp: 1 }),
  post('a bad key', 'runs/log-metric', { run_id: '<run>', key: 'a/../b', value: 1, timestamp: 1 }),
  // Python writes the value in the message as 1.0.
  post(
    'a time before all time',
    'runs/log-metric',
    { run_id: '<run>', key: 'm', value: 1, timestamp: -1 },
    { compare: 'status' },
  ),
  post('text as step', 'runs/log-metric', { run_id: '<run>', key: 'm', value: 1, timestamp: 1, step: 'x' }),
  post(
    'half a millisecond',
    'runs/log-metric',
    { run_id: '<run2>', key: 'x', value: 1, timestamp: 1.5 },
    LOST_SILENTLY,
  ),
  post('to a run that is not there', 'runs/log-metric', { run_id: 'nope', key: 'm', value: 1, timestamp: 1 }),
  post('a parameter', 'runs/log-parameter', { run_id: '<run>', key: 'p', value: '1' }),
  post('the parameter again', 'runs/log-parameter', { run_id: '<run>', key: 'p', value: '1' }),
  post('another value', 'runs/log-parameter', { run_id: '<run>', key: 'p', value: '2' }),
  post('a parameter without a value', 'runs/log-parameter', { run_id: '<run>', key: 'p2' }),
  post('a number as parameter', 'runs/log-parameter', { run_id: '<run>', key: 'p3', value: 3 }),
  post('a batch', 'runs/log-batch', {
    run_id: '<run>',
    metrics: [
      { key: 'b', value: 1, timestamp: 2, step: 3 },
      { key: 'c', value: 'NaN', timestamp: '2' },
    ],
    params: [{ key: 'bp', value: 'x' }, { key: 'bq' }],
    tags: [{ key: 'bt', value: 'y' }],
  }),
  post('an empty batch', 'runs/log-batch', { run_id: '<run>' }),
  post('a batch for nobody', 'runs/log-batch', { metrics: [] }),
  post('a batch without a value', 'runs/log-batch', {
    run_id: '<run>',
    metrics: [{ key: 'b', timestamp: 2 }],
  }),
  post('a batch without a time', 'runs/log-batch', { run_id: '<run>', metrics: [{ key: 'b', value: 1 }] }),
  post('a batch without a tag key', 'runs/log-batch', { run_id: '<run>', tags: [{ value: 'b' }] }),
  post('an object for a list', 'runs/log-batch', { run_id: '<run>', metrics: { key: 'b' } }),
  post(
    'a number in the list',
    'runs/log-batch',
    { run_id: '<run>', metrics: [1] },
    {
      compare: { ours: 400, because: 'callers-error' },
    },
  ),
  post('too many metrics', 'runs/log-batch', {
    run_id: '<run>',
    metrics: Array.from({ length: 1001 }, (_item, index) => ({
      key: 'many',
      value: index,
      timestamp: index,
    })),
  }),
  post('a parameter twice', 'runs/log-batch', {
    run_id: '<run>',
    params: [
      { key: 'twice', value: '1' },
      { key: 'twice', value: '2' },
    ],
  }),
  post('a dataset', 'runs/log-inputs', {
    run_id: '<run>',
    datasets: [{ tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset }],
  }),
  post('a dataset without a name', 'runs/log-inputs', {
    run_id: '<run>',
    datasets: [{ dataset: { digest: 'x' } }],
  }),
  post('inputs of nobody', 'runs/log-inputs', { datasets: [] }),
  get('the run', 'runs/get?run_id=<run>'),
  get('a history', 'metrics/get-history?run_id=<run>&metric_key=m'),
  get('a history of NaN', 'metrics/get-history?run_id=<run>&metric_key=nan'),
  get('a history in pages', 'metrics/get-history?run_id=<run>&metric_key=m&max_results=1'),
  get('a history of big numbers', 'metrics/get-history?run_id=<run>&metric_key=big'),
  get('no history', 'metrics/get-history?run_id=<run>&metric_key=none'),
  get('a history of no run', 'metrics/get-history?metric_key=m'),
  get('a history of no results', 'metrics/get-history?run_id=<run>&metric_key=m&max_results=0'),
  get(
    'a sampled history',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=<run>&metric_key=m&max_results=1',
  ),
  get(
    'a history between steps',
    'metrics/get-history-bulk-interval?run_ids=<run>&metric_key=m&start_step=2&end_step=9',
  ),
  get('half an interval', 'metrics/get-history-bulk-interval?run_ids=<run>&metric_key=m&start_step=2'),
  get(
    'an interval backwards',
    'metrics/get-history-bulk-interval?run_ids=<run>&metric_key=m&start_step=2&end_step=1',
  ),
  get('too many samples', 'metrics/get-history-bulk-interval?run_ids=<run>&metric_key=m&max_results=3000'),
  get('samples of no run', 'metrics/get-history-bulk-interval?metric_key=m'),
  get('samples of a run that is not there', 'metrics/get-history-bulk-interval?run_ids=nope&metric_key=m'),
  get(
    'histories of runs',
    '/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=<run>&run_id=<run2>&metric_key=m',
  ),
  get('histories of no run', '/ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=m'),
  get('histories of no metric', '/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=<run>'),
  post('a model as MLflow 2 logs it', 'runs/log-model', {
    run_id: '<run2>',
    model_json: JSON.stringify({
      artifact_path: 'model',
      flavors: { python_function: { loader_module: 'x', config: { secret: 1 } } },
      utc_time_created: '2024-01-01 00:00:00',
      run_id: 'r',
    }),
  }),
  get('the run with its model', 'runs/get?run_id=<run2>', { compare: 'status' }),
  post('a model that is no JSON', 'runs/log-model', { run_id: '<run2>', model_json: 'x' }),
  post('a model without flavors', 'runs/log-model', {
    run_id: '<run2>',
    model_json: '{"artifact_path": "m", "utc_time_created": "x", "run_id": "r"}',
  }),
];
