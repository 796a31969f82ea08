import type { DeviationId } from '../../../support/deviationIds.js';
import { get, patch, post, remove, removeWith, type Exchange } from '../exchange.js';

const AJAX = '/ajax-api/2.0/mlflow/experiments';
const AT = '/api/3.0/mlflow/datasets';
const records = (name: string, list: unknown, extra = {}) =>
  post(name, `${AT}/<dataset>/records`, { records: JSON.stringify(list) }, extra);
/** Records are one text, which holds ids and times that differ; their number is in the dataset's profile. */
const status = (exchange: Exchange): Exchange => ({ ...exchange, compare: 'status' });
const deviates = (exchange: Exchange, ours: number, because: DeviationId): Exchange => ({
  ...exchange,
  compare: { ours, because },
});

/** Evaluation datasets; `<exp>` and `<exp2>` are experiments, `<run>` has logged a dataset. */
export const DATASETS: readonly Exchange[] = [
  post(
    'create',
    `${AT}/create`,
    { name: 'first', experiment_ids: ['<exp>'], tags: '{"a": "1", "mlflow.user": "ada"}' },
    { keep: { dataset: ['dataset', 'dataset_id'], digest: ['dataset', 'digest'] } },
  ),
  post(
    'create with almost nothing',
    `${AT}/create`,
    { name: 'second' },
    {
      keep: { dataset2: ['dataset', 'dataset_id'], digest2: ['dataset', 'digest'] },
    },
  ),
  post('create without a name', `${AT}/create`, {}),
  post('create with a number as name', `${AT}/create`, { name: 5 }),
  post('create with tags that are no text', `${AT}/create`, { name: 'x', tags: { a: 1 } }),
  deviates(
    post('create with tags that are no JSON', `${AT}/create`, { name: 'x', tags: '{' }),
    400,
    'callers-error',
  ),
  get('get', `${AT}/<dataset>`),
  get('get what is not there', `${AT}/d-nope`),
  records('add records', [
    { inputs: { q: 'größe', n: 1 }, expectations: { x: 1.5 }, tags: { 'mlflow.user': 'bob' } },
    {
      inputs: { q: 'b' },
      outputs: 'text',
      source: { source_type: 'trace', source_data: { trace_id: 'tr-1' } },
    },
    { inputs: { q: 'b' }, outputs: 5, tags: { t: 'v' } },
    { inputs: {} },
  ]),
  get('get with records', `${AT}/<dataset>`, { keep: { digest3: ['dataset', 'digest'] } }),
  records('add to records', [{ inputs: { n: 1, q: 'größe' }, expectations: { y: [1] }, outputs: null }]),
  records('add no records', []),
  records('add records from nowhere', [{ inputs: { new: 1 }, source: { source_type: 'dream' } }]),
  records('add to a record from nowhere', [{ inputs: {}, source: { source_type: 'dream' } }]),
  post('add nothing', `${AT}/<dataset>/records`, {}),
  deviates(post('add what is no JSON', `${AT}/<dataset>/records`, { records: '[' }), 400, 'callers-error'),
  deviates(
    post('add records to nothing', `${AT}/d-nope/records`, { records: '[{"inputs": {}}]' }),
    404,
    'missing-is-404',
  ),
  status(get('get records', `${AT}/<dataset>/records`)),
  status(get('get a page of records', `${AT}/<dataset>/records?max_results=1`)),
  get('get records of nothing', `${AT}/d-nope/records`),
  removeWith('delete no records', `${AT}/<dataset>/records`, { dataset_record_ids: ['dr-nope'] }),
  patch('set tags', `${AT}/<dataset>/tags`, { tags: '{"b": "2", "c": null}' }),
  patch('set no tags', `${AT}/<dataset>/tags`, {}),
  patch('set tags of nothing', `${AT}/d-nope/tags`, { tags: '{}' }),
  remove('delete a tag', `${AT}/<dataset>/tags/a`),
  remove('delete a tag again', `${AT}/<dataset>/tags/a`),
  get('its experiments', `${AT}/<dataset>/experiment-ids`),
  get('the experiments of nothing', `${AT}/d-nope/experiment-ids`),
  post(
    'add to an experiment',
    `${AT}/<dataset>/add-experiments`,
    { experiment_ids: ['<exp2>', '<exp>'] },
    {
      compare: 'status',
    },
  ),
  status(post('add to what is not there', `${AT}/<dataset>/add-experiments`, { experiment_ids: ['4711'] })),
  post('add nothing to an experiment', `${AT}/d-nope/add-experiments`, { experiment_ids: ['<exp>'] }),
  status(
    post('remove from an experiment', `${AT}/<dataset>/remove-experiments`, {
      experiment_ids: ['<exp>', '4711'],
    }),
  ),
  post('remove nothing', `${AT}/d-nope/remove-experiments`, { experiment_ids: ['<exp>'] }),
  get('its experiments now', `${AT}/<dataset>/experiment-ids`),
  get('get at last', `${AT}/<dataset>`, { keep: { digest4: ['dataset', 'digest'] } }),
  ...[
    { experiment_ids: ['<exp2>'] },
    { experiment_ids: ['<exp>'] },
    { filter_string: "name = 'second'" },
    { filter_string: "name LIKE '%s%' AND tags.b = '2'", order_by: ['name ASC'] },
    { filter_string: "name IN ('first', 'nope')" },
    { filter_string: 'created_time > 1', order_by: ['name DESC'], max_results: 1 },
    { filter_string: "created_by = 'ada'" },
    { filter_string: "created_by IN ('ada')" },
    { filter_string: "colour = 'x'" },
    { filter_string: 'created_time = 1.5' },
    { order_by: ['colour'] },
    { page_token: 'nonsense' },
  ].map((body) => {
    const exchange = post(`search by ${JSON.stringify(body)}`, `${AT}/search`, body);
    return /colour|nonsense|IN \('ada|1\.5/.test(exchange.name) ? status(exchange) : exchange;
  }),
  get('search by GET', `${AT}/search?experiment_ids=<exp2>&max_results=5`),
  remove('delete', `${AT}/<dataset>`),
  remove('delete again', `${AT}/<dataset>`),
  get('get what was deleted', `${AT}/<dataset>`),
  post('datasets of runs', `${AJAX}/search-datasets`, { experiment_ids: ['<exp>', '<exp2>'] }),
  post('datasets of no runs', `${AJAX}/search-datasets`, {}),
  post('datasets of too many', `${AJAX}/search-datasets`, { experiment_ids: Array(21).fill('1') }),
  status(
    post('datasets as programs do not ask', 'experiments/search-datasets', { experiment_ids: ['<exp>'] }),
  ),
];
