import fc from 'fast-check';

import type { Reference } from './support.js';

/** Texts that meet in filters and values: alike in case, with wildcards, quotes and letters of many bytes. */
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'a_b',
  'a%',
  '%',
  '_',
  'é',
  'É',
  '🚀',
  'ﬀ',
  "it's",
  'x\ny',
  '0.1',
  'back\\slash',
];
const KEYS = ['k', 'K', 'a/b', 'a b', 'mlflow.runName'];
const NUMBERS = [0, -0, 1, -1, 0.1, 1e-9, 5e-324, 1e308, Number.MAX_VALUE, -Number.MAX_VALUE];

export const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ maxLength: 4 }),
);
const metricValue = fc.oneof(fc.constantFrom(...NUMBERS, Number.NaN), fc.double({ noDefaultInfinity: true }));

/** `value` as a string of the grammar, or nothing where no quotes fit. */
function quoted(value: string): string | undefined {
  const fits = (quote: string) => !value.includes(quote) && !value.endsWith('\\') && !value.includes('\0');
  const quote = [`'`, `"`].find(fits);
  return quote && quote + value + quote;
}

const literal = text.map((value) => quoted(value) ?? "'plain'");
const list = fc
  .array(
    literal.filter((item) => !item.includes('\\') && !item.includes('\n')),
    { minLength: 1, maxLength: 3 },
  )
  .map((items) => `(${items.join(', ')})`);
const key = fc.constantFrom(...KEYS).map((name) => `\`${name}\``);
const number = fc
  .oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map(String);
const like = fc.constantFrom('=', '!=', 'LIKE', 'ILIKE');
const pattern = fc
  .constantFrom('a', '^a', 'b$', '[a-é]', 'x.y', '(a|b)+', '\\w', '(?i)A', '^$', '.', '%')
  .map((p) => `'${p}'`);

const textField = fc.oneof(
  fc.tuple(fc.constantFrom('params', 'tags'), key).map(([group, name]) => `${group}.${name}`),
  fc.constantFrom(
    'run_name',
    'user_id',
    'status',
    'run_id',
    'dataset.name',
    'dataset.digest',
    'dataset.context',
  ),
);
const join = (...parts: readonly string[]) => parts.join(' ');
const comparison = fc.oneof(
  fc.tuple(textField, like, literal).map((parts) => join(...parts)),
  fc.tuple(textField, pattern).map(([field, value]) => join(field, 'RLIKE', value)),
  fc
    .tuple(
      fc.constantFrom('run_id', 'dataset.name', 'dataset.context'),
      fc.constantFrom('IN', 'NOT IN'),
      list,
    )
    .map((parts) => join(...parts)),
  fc
    .tuple(fc.constantFrom('params', 'tags'), key, fc.constantFrom('IS NULL', 'IS NOT NULL'))
    .map(([group, name, presence]) => join(`${group}.${name}`, presence)),
  fc
    .tuple(
      key.map((name) => `metrics.${name}`),
      fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      number,
    )
    .map((parts) => join(...parts)),
  fc
    .tuple(
      fc.constantFrom('start_time', 'end_time'),
      fc.constantFrom('=', '!=', '<', '>='),
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([field, comparator, value]) => join(field, comparator, String(value))),
);

/** Filters for runs that the grammar allows, with everything in it. */
export const runFilter = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    fc
      .tuple(tie('filter'), fc.constantFrom('AND', 'OR', 'and'), tie('filter'))
      .map((parts) => join(...parts)),
    tie('filter').map((inner) => `NOT (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
  ),
})).filter;

/** order_by clauses for runs, no field twice. */
export const runOrder = fc.uniqueArray(
  fc
    .tuple(
      fc.oneof(
        fc.tuple(fc.constantFrom('metrics', 'params', 'tags'), key).map((parts) => parts.join('.')),
        fc.constantFrom('run_name', 'user_id', 'status', 'start_time', 'end_time', 'run_id'),
      ),
      fc.constantFrom('ASC', 'DESC'),
    )
    .map((parts) => join(...parts)),
  { maxLength: 3, selector: (clause) => clause.replace(/ (?:ASC|DESC)$/, '') },
);

const keyed = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), value), { maxLength: 3, selector: ([name]) => name });

const run = fc.record({
  user: fc.constantFrom('a', 'A', 'é', ''),
  name: text,
  status: fc.constantFrom('RUNNING', 'FINISHED', 'FAILED'),
  start: fc.option(fc.integer({ min: 0, max: 4 })),
  end: fc.option(fc.integer({ min: 0, max: 4 })),
  metrics: keyed(metricValue),
  params: keyed(text),
  tags: keyed(text),
  datasets: fc.uniqueArray(
    fc.tuple(fc.constantFrom('a', 'A', 'ab'), fc.option(fc.constantFrom('a', 'b', '%'))),
    {
      maxLength: 2,
      selector: ([name]) => name,
    },
  ),
});

/** The tables of an experiment with some random runs, over the schema of `reference`. */
export function randomTables(reference: Reference): fc.Arbitrary<Reference> {
  return fc.array(run, { maxLength: 8 }).map((runs) => {
    const ids = runs.map((_, index) => `${(index * 7) % 10}${index}`);
    const rows = <T>(each: (item: (typeof runs)[number], id: string) => T[]) =>
      runs.flatMap((item, index) => each(item, ids[index] ?? ''));
    const clean = (value: string) => value.replaceAll('\0', '');
    return {
      ...reference,
      tables: {
        runs: {
          columns: [
            'run_uuid',
            'name',
            'user_id',
            'status',
            'start_time',
            'end_time',
            'lifecycle_stage',
            'artifact_uri',
            'experiment_id',
          ],
          rows: rows((item, id) => [
            [id, clean(item.name), item.user, item.status, item.start, item.end, 'active', '/a', 1],
          ]),
        },
        latest_metrics: {
          columns: ['key', 'value', 'timestamp', 'step', 'is_nan', 'run_uuid'],
          rows: rows(({ metrics }, id) =>
            metrics.map(([name, value]) =>
              Number.isNaN(value) ? [name, 0, 0, 0, 1, id] : [name, value, 0, 0, 0, id],
            ),
          ),
        },
        params: {
          columns: ['key', 'value', 'run_uuid'],
          rows: rows(({ params }, id) => params.map(([name, value]) => [name, clean(value), id])),
        },
        tags: {
          columns: ['key', 'value', 'run_uuid'],
          rows: rows(({ tags }, id) => tags.map(([name, value]) => [name, clean(value), id])),
        },
        datasets: {
          columns: [
            'dataset_uuid',
            'experiment_id',
            'name',
            'digest',
            'dataset_source_type',
            'dataset_source',
          ],
          rows: ['a', 'A', 'ab'].map((name) => [`d-${name}`, 1, name, name, 'local', '{}']),
        },
        inputs: {
          columns: ['input_uuid', 'source_type', 'source_id', 'destination_type', 'destination_id', 'step'],
          rows: rows(({ datasets }, id) =>
            datasets.map(([name]) => [`i-${id}-${name}`, 'DATASET', `d-${name}`, 'RUN', id, 0]),
          ),
        },
        input_tags: {
          columns: ['input_uuid', 'name', 'value'],
          rows: rows(({ datasets }, id) =>
            datasets.flatMap(([name, context]) =>
              context === null ? [] : [[`i-${id}-${name}`, 'mlflow.data.context', context]],
            ),
          ),
        },
      },
    };
  });
}
