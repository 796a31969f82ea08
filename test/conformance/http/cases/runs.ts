import { get, post, type Exchange } from '../exchange.js';

const run = { keep: { run: ['run', 'info', 'run_id'] } };
const run2 = { keep: { run2: ['run', 'info', 'run_id'] } };

export const RUNS: readonly Exchange[] = [
  post(
    'create a run',
    'runs/create',
    { experiment_id: '<exp>', run_name: 'first', start_time: 1700000000000 },
    run,
  ),
  post(
    'create with everything',
    'runs/create',
    {
      experiment_id: '<exp>',
      user_id: 'me',
      run_name: 'second',
      start_time: '1234',
      tags: [{ key: 't', value: 'v' }, { key: 'empty' }],
    },
    run2,
  ),
  post('create with almost nothing', 'runs/create', { experiment_id: '<exp>' }),
  post('create in camelCase', 'runs/create', { experimentId: '<exp>', startTime: 1235.0, runName: 'camel' }),
  post(
    'create without an experiment',
    'runs/create',
    { start_time: 1 },
    {
      compare: { ours: 200, because: 'empty-experiment-id' },
    },
  ),
  post('create in an experiment that is not there', 'runs/create', { experiment_id: '4711' }),
  post('create with a number as experiment', 'runs/create', { experiment_id: 1 }),
  post('create with two names', 'runs/create', {
    experiment_id: '<exp>',
    run_name: 'a',
    tags: [{ key: 'mlflow.runName', value: 'b' }],
  }),
  get('get', 'runs/get?run_id=<run>'),
  get('get by its old name', 'runs/get?run_uuid=<run>'),
  get('get nothing', 'runs/get'),
  get('get what is not there', 'runs/get?run_id=nope'),
  post('update', 'runs/update', { run_id: '<run>', status: 'FINISHED', end_time: 1700000001000 }),
  post('update by number', 'runs/update', { run_id: '<run>', status: 4 }),
  post('update to an unknown status', 'runs/update', { run_id: '<run>', status: 'SLEEPING' }),
  post('update to an unknown number', 'runs/update', { run_id: '<run>', status: 77 }),
  post('rename', 'runs/update', { run_uuid: '<run2>', run_name: 'renamed' }),
  post('update nothing', 'runs/update', {}),
  post('set a tag', 'runs/set-tag', { run_id: '<run>', key: 'k', value: 'v' }),
  post('set a tag by the old name', 'runs/set-tag', { run_uuid: '<run>', key: 'k2', value: 'v' }),
  post('set a tag with a bad key', 'runs/set-tag', { run_id: '<run>', key: 'a//b', value: 'v' }),
  post('set a tag without a run', 'runs/set-tag', { key: 'k', value: 'v' }),
  post('delete a tag', 'runs/delete-tag', { run_id: '<run>', key: 'k2' }),
  post('delete a tag that is not there', 'runs/delete-tag', { run_id: '<run>', key: 'k2' }),
  post('delete a run', 'runs/delete', { run_id: '<run2>' }),
  get('get a deleted run', 'runs/get?run_id=<run2>'),
  post('log to a deleted run', 'runs/log-parameter', { run_id: '<run2>', key: 'p', value: '1' }),
  post('restore a run', 'runs/restore', { run_id: '<run2>' }),
  post('delete a run that is not there', 'runs/delete', { run_id: 'nope' }),
  post('search', 'runs/search', { experiment_ids: ['<exp>'], order_by: ['attributes.start_time DESC'] }),
  post('search one', 'runs/search', {
    experiment_ids: ['<exp>'],
    max_results: 1,
    order_by: ['start_time DESC'],
  }),
  post('search with a filter', 'runs/search', { experiment_ids: ['<exp>'], filter: "tags.t = 'v'" }),
  post(
    'search with a broken filter',
    'runs/search',
    { experiment_ids: ['<exp>'], filter: 'tags.t ~ 1' },
    {
      compare: 'status',
    },
  ),
  post('search the deleted', 'runs/search', { experiment_ids: ['<exp>'], run_view_type: 'DELETED_ONLY' }),
  post('search with an unknown view', 'runs/search', {
    experiment_ids: ['<exp>'],
    run_view_type: 'NOPE',
    order_by: ['attributes.start_time DESC'],
  }),
  post('search nowhere', 'runs/search', {}),
  post('search with text as experiments', 'runs/search', { experiment_ids: '<exp>' }),
  post('search too many', 'runs/search', { experiment_ids: ['<exp>'], max_results: 60_000 }),
  post('search none', 'runs/search', { experiment_ids: ['<exp>'], max_results: 0 }),
  post(
    'search with a broken token',
    'runs/search',
    { experiment_ids: ['<exp>'], page_token: 'xyz' },
    {
      compare: 'status',
    },
  ),
  post('search with numbers as order', 'runs/search', { experiment_ids: ['<exp>'], order_by: [1] }),
];
