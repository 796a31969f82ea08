import { get, post, type Exchange } from '../exchange.js';

const FAULT = { compare: { ours: 400, because: 'callers-error' } } as const;

function search(
  what: 'registered-models' | 'model-versions',
  values: Readonly<Record<string, string | readonly string[]>>,
  extra?: Parameters<typeof get>[2],
): Exchange {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    [value].flat().forEach((item) => query.append(name, item));
  }
  // Places stay readable, so that they are filled.
  const text = query.toString().replace(/%3C(\w+)%3E/g, '<$1>');
  return get(`${what} ${JSON.stringify(values)}`, `${what}/search?${text}`, extra);
}

const models = (filter: string, ...order: string[]): Exchange =>
  search('registered-models', { filter, order_by: order });
const versions = (filter: string, ...order: string[]): Exchange =>
  search('model-versions', { filter, order_by: [...order, 'name', 'version_number'].slice(0, 3) });

const refusedFilters = [
  "colour = 'x'",
  'name = x',
  'name = 5',
  "name > 'x'",
  "'x' = name",
  'name',
  "name = 'x' AND",
  "name = 'x' 'y'",
  "params.a = 'x'",
  'metrics.a > 1',
  "attributes.name = 'x'",
  "Name = 'x'",
  'tags.k IS NULL',
  "tags.k IN ('a')",
  'tags.k = 5',
  "tags.k > 'a'",
  'name IN ()',
  "name IN ('a', 5)",
  "name = ('a')",
  'last_updated_timestamp > 5',
  ' ',
];

const FOUND: readonly Exchange[] = [
  ...['s-one', 'S-two', 's-größe'].flatMap((name, index) => [
    post(`make ${name}`, 'registered-models/create', {
      name,
      tags: [
        { key: 'searched', value: 'yes' },
        { key: 'my key', value: `it's "${index}"` },
      ],
    }),
    ...[0, 1, 2].map((version) =>
      post(`make version ${version} of ${name}`, 'model-versions/create', {
        name,
        source: `s3://bucket/${name}/${version}`,
        tags: [{ key: 'even', value: String(version % 2 === 0) }],
      }),
    ),
  ]),
  post('move one', 'model-versions/transition-stage', { name: 's-one', version: '2', stage: 'Staging' }),
  post('name one', 'registered-models/alias', { name: 's-one', alias: 'a', version: '2' }),
  models(''),
  models("name = 's-one'"),
  models("name LIKE 's-%'"),
  models("name ILIKE 's-%'"),
  models("name ILIKE 'S-GR%'"),
  models("name != 's-one' AND tags.searched = 'yes'", 'name DESC'),
  models("name IN ('s-one', 'S-two', 'nothing')"),
  models("name NOT IN ('s-one') and tags.searched = 'yes'"),
  models("attribute.name = 's-one'"),
  models("tag.searched = 'yes'"),
  models('tags.`my key` = "it\'s"'),
  models('tags."my key" LIKE "%1%"'),
  models("tags.searched = 'yes' AND tags.`my key` LIKE '%0%'"),
  models("tags.searched = 'yes' AND tags.searched != 'no'"),
  models("tags.searched = 'yes' AND tags.searched = 'no'"),
  models("tags.searched ILIKE 'YES'", 'last_updated_timestamp ASC'),
  models("tags.searched = 'yes'", 'timestamp DESC', 'name'),
  models("tags.`mlflow.prompt.is_prompt` = 'true'"),
  models("tags.`mlflow.prompt.is_prompt` = 'True'"),
  models("tags.`mlflow.prompt.is_prompt` != 'false'"),
  models("tags.`mlflow.prompt.is_prompt` != 'true' AND name LIKE 's%'"),
  models("tags.`mlflow.prompt.is_prompt` = 'false' AND name LIKE 's%'"),
  models("tags.`mlflow.prompt.is_prompt` LIKE 't%' AND name LIKE 's%'"),
  models("name = 'p1'"),
  versions(''),
  versions("name = 's-one'"),
  versions("name LIKE 's-%' AND version_number >= 2"),
  versions("name LIKE 's-%' AND version_number = '2'"),
  versions("name = 's-one' AND version_number != 2"),
  versions("name = 's-one' AND tags.even = 'true'", 'creation_timestamp ASC'),
  versions("name = 's-one' AND tag.even != 'true'", 'last_updated_timestamp DESC'),
  versions("source_path LIKE 's3://bucket/s-%'"),
  versions("source_path ILIKE '%GR%' and name != 'x'"),
  versions("run_id = '<run>'"),
  versions("run_id IN ('<run>', 'x')"),
  versions("run_id NOT IN ('<run>', '')"),
  versions("run_id LIKE '%'"),
  versions("name IN ('s-one')"),
  versions("tags.`mlflow.prompt.is_prompt` = 'true'"),
  versions("name = 'p1'"),
  versions("tags.`mlflow.prompt.is_prompt` = 'true' AND name = 'p1' AND version_number = 2"),
  search('model-versions', { filter: "name = 's-one'" }),
];

const PAGES: readonly Exchange[] = [
  search('registered-models', { max_results: '2' }, { keep: { modelToken: ['next_page_token'] } }),
  get('the next models', 'registered-models/search?max_results=2&page_token=<modelToken>'),
  search(
    'model-versions',
    { max_results: '2', order_by: ['name', 'version_number'], filter: "name = 's-one'" },
    { keep: { versionToken: ['next_page_token'] } },
  ),
  get(
    'the next versions',
    "model-versions/search?max_results=2&order_by=name&order_by=version_number&filter=name%20%3D%20's-one'&page_token=<versionToken>",
  ),
  search('registered-models', { page_token: '!!' }, { compare: 'status' }),
  search('registered-models', { page_token: 'bm90aGluZw==' }, { compare: 'status' }),
  search('model-versions', { page_token: 'e30=' }, { compare: 'status' }),
  search('registered-models', { max_results: '1000', filter: "name = 's-one'" }),
  search('registered-models', { max_results: '1001' }),
  search('model-versions', { max_results: '200001' }),
  search('registered-models', { max_results: 'x' }),
  search('model-versions', { max_results: '0' }),
  search('model-versions', { max_results: '-1' }),
  search(
    'registered-models',
    { max_results: '0' },
    {
      compare: { ours: 400, because: 'page-of-nothing' },
    },
  ),
  search(
    'registered-models',
    { max_results: '-5' },
    {
      compare: { ours: 400, because: 'page-of-nothing' },
    },
  ),
];

const REFUSED: readonly Exchange[] = [
  ...refusedFilters.map((filter) => search('registered-models', { filter }, { compare: 'status' })),
  ...refusedFilters.map((filter) => search('model-versions', { filter }, { compare: 'status' })),
  search('model-versions', { filter: 'version_number = 1.5' }, { compare: 'status' }),
  search('model-versions', { filter: "version_number = 'x'" }, { compare: 'status' }),
  search('model-versions', { filter: 'version_number IN (1, 2)' }, { compare: 'status' }),
  search('model-versions', { filter: "version_number LIKE '1'" }, { compare: 'status' }),
  search('model-versions', { filter: "source_path IN ('a')" }, { compare: 'status' }),
  search('model-versions', { filter: "current_stage = 'None'" }, { compare: 'status' }),
  ...['colour', 'name UP', 'name DESC x', 'tags.searched', 'creation_timestamp', ''].map((order) =>
    search('registered-models', { order_by: [order] }, { compare: 'status' }),
  ),
  ...['colour', 'name UP', 'run_id', 'tags.even'].map((order) =>
    search('model-versions', { order_by: [order] }, { compare: 'status' }),
  ),
  search('registered-models', { order_by: ['name', 'name DESC'] }, FAULT),
  search('model-versions', { order_by: ['name', 'name DESC'] }, FAULT),
];

/** Searches for registered models and versions, among what the lists before have left. */
export const REGISTRY_SEARCHES: readonly Exchange[] = [...FOUND, ...PAGES, ...REFUSED];
