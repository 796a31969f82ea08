import { get, post, type Exchange } from '../exchange.js';

const tags = [
  { key: 'b', value: '2' },
  { key: 'a', value: 'ä"\\' },
];

export const EXPERIMENTS: readonly Exchange[] = [
  post('create an experiment', 'experiments/create', { name: 'one' }, { keep: { exp: ['experiment_id'] } }),
  post(
    'create with tags',
    'experiments/create',
    { name: 'two', tags },
    { keep: { exp2: ['experiment_id'] } },
  ),
  post('create in camelCase', 'experiments/create', {
    name: 'camel',
    artifactLocation: '<folder>/mlruns/camel',
  }),
  // MLflow's message goes on with its SQL.
  post('create twice', 'experiments/create', { name: 'one' }, { compare: 'status' }),
  post('create without a name', 'experiments/create', {}),
  post('create with a null name', 'experiments/create', { name: null }),
  post('create with an empty name', 'experiments/create', { name: '' }),
  post('create with a blank name', 'experiments/create', { name: '  ' }),
  post('create with a number as name', 'experiments/create', { name: 5 }),
  post('create with a list as name', 'experiments/create', { name: ['x', { b: 1, a: 'ü' }] }),
  post('create with tags that are no list', 'experiments/create', { name: 'x', tags: 'a' }),
  post('create with a long name', 'experiments/create', { name: 'n'.repeat(501) }),
  post('create with unknown fields', 'experiments/create', { name: 'unknown fields', colour: 'blue' }),
  post('create with a location in the clouds', 'experiments/create', {
    name: 's3',
    artifact_location: 's3://b/p',
  }),
  post('create with a fragment in the location', 'experiments/create', {
    name: 'fragment',
    artifact_location: 's3://b/p#x',
  }),
  post('create with two spellings', 'experiments/create', {
    name: 'spellings',
    artifact_location: '/a',
    artifactLocation: '/b',
  }),
  post('create with broken JSON', 'experiments/create', '{"name": '),
  post('create with JSON in JSON', 'experiments/create', JSON.stringify('{"name": "double"}')),
  post('create as a form', 'experiments/create', 'name=x', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  post('create as text', 'experiments/create', '{"name": "text"}', {
    headers: { 'content-type': 'text/plain' },
  }),
  post('create with a charset', 'experiments/create', '{"name": "charset"}', {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }),
  get('get', 'experiments/get?experiment_id=<exp>'),
  get('get with tags', 'experiments/get?experiment_id=<exp2>'),
  get('get one that is not there', 'experiments/get?experiment_id=4711'),
  get('get by letters', 'experiments/get?experiment_id=abc'),
  get('get nothing', 'experiments/get'),
  get('get by name', 'experiments/get-by-name?experiment_name=two'),
  get('get by a name that is not there', 'experiments/get-by-name?experiment_name=nobody'),
  get('search by GET', 'experiments/search?max_results=2&order_by=name%20ASC'),
  get('search with a view type', 'experiments/search?max_results=10&view_type=ALL&order_by=name'),
  get('search with a number as view type', 'experiments/search?max_results=10&view_type=3&order_by=name'),
  get('search without a limit', 'experiments/search'),
  get('search with letters as limit', 'experiments/search?max_results=abc'),
  post('search', 'experiments/search', { max_results: 2, order_by: ['name DESC'] }),
  post('search with a filter', 'experiments/search', { max_results: 5, filter: "name LIKE 't%'" }),
  post(
    'search with a broken filter',
    'experiments/search',
    { max_results: 5, filter: 'name ~ 3' },
    { compare: 'status' },
  ),
  post('search too many', 'experiments/search', { max_results: 50_001 }),
  post('search with an unknown view type', 'experiments/search', { max_results: 1, view_type: 'NOPE' }),
  post('rename', 'experiments/update', { experiment_id: '<exp2>', new_name: 'second' }),
  post(
    'rename to a name that is taken',
    'experiments/update',
    { experiment_id: '<exp2>', new_name: 'one' },
    {
      compare: 'status',
    },
  ),
  post('rename to nothing', 'experiments/update', { experiment_id: '<exp2>' }),
  post('set a tag', 'experiments/set-experiment-tag', { experiment_id: '<exp>', key: 'k', value: 'v' }),
  post('set a tag without a value', 'experiments/set-experiment-tag', {
    experiment_id: '<exp>',
    key: 'empty',
  }),
  post('set a tag without a key', 'experiments/set-experiment-tag', { experiment_id: '<exp>', value: 'v' }),
  post('set a tag with a bad key', 'experiments/set-experiment-tag', { experiment_id: '<exp>', key: '../k' }),
  get('get after tags', 'experiments/get?experiment_id=<exp>'),
  post('delete a tag', 'experiments/delete-experiment-tag', { experiment_id: '<exp>', key: 'k' }),
  post('delete a tag that is not there', 'experiments/delete-experiment-tag', {
    experiment_id: '<exp>',
    key: 'k',
  }),
  post('delete', 'experiments/delete', { experiment_id: '<exp2>' }),
  post('delete again', 'experiments/delete', { experiment_id: '<exp2>' }),
  get('get a deleted one', 'experiments/get?experiment_id=<exp2>'),
  post('rename a deleted one', 'experiments/update', { experiment_id: '<exp2>', new_name: 'third' }),
  post('restore', 'experiments/restore', { experiment_id: '<exp2>' }),
  post('restore again', 'experiments/restore', { experiment_id: '<exp2>' }),
  get('the list of MLflow 1', 'experiments/list', { compare: 'status' }),
  get('a call of another method', 'experiments/create', { compare: 'status' }),
  get('what does not exist', 'nothing/here', { compare: 'status' }),
  get('below a version that has none', '/api/3.0/mlflow/experiments/get?experiment_id=0', {
    compare: 'status',
  }),
  get('as the pages call it', '/ajax-api/2.0/mlflow/experiments/get?experiment_id=<exp>'),
];
