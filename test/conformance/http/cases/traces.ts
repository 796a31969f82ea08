import { type Exchange, get, patch, post, remove, removeWith } from '../exchange.js';
import { deviates, filter, search, status, traceId, V3 } from './traceParts.js';

/** A trace of the experiment `<exp>`. */
function trace(letter: string, more: object = {}): object {
  return {
    trace: {
      trace_info: {
        trace_id: traceId(letter),
        trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '<exp>' } },
        request_time: '2024-05-01T12:00:00.250Z',
        execution_duration: '1.5s',
        state: 'OK',
        ...more,
      },
    },
  };
}

export const STARTED_TRACES: readonly Exchange[] = [
  post(
    'start',
    `${V3}/traces`,
    trace('a', {
      client_request_id: 'mine',
      request_preview: 'asked',
      response_preview: 'answered',
      trace_metadata: { 'mlflow.sourceRun': '<run>', 'mlflow.trace.session': 'session-1', other: 'x' },
      tags: { 'mlflow.traceName': 'first', color: 'red', 'mlflow.artifactLocation': '/etc' },
    }),
  ),
  post(
    'start with an assessment',
    `${V3}/traces`,
    trace('b', {
      state: 'ERROR',
      request_time: '2024-05-01T12:00:01Z',
      trace_metadata: {
        'mlflow.trace.tokenUsage': '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}',
        'mlflow.trace.cost': '{"input_cost": 0.5, "output_cost": 1, "total_cost": 1.5}',
      },
      tags: { 'mlflow.traceName': 'second' },
      assessments: [
        {
          assessment_id: 'a-given',
          assessment_name: 'tone',
          trace_id: traceId('b'),
          source: { source_type: 'HUMAN', source_id: 'ada' },
          create_time: '2024-05-01T13:00:00Z',
          last_update_time: '2024-05-01T13:00:00Z',
          feedback: { value: 'kind' },
          metadata: { k: 'v' },
        },
      ],
    }),
  ),
  post('start again', `${V3}/traces`, trace('a', { execution_duration: '2s', tags: { color: 'blue' } })),
  post(
    'start with almost nothing',
    `${V3}/traces`,
    trace('f', {
      execution_duration: null,
      state: 'IN_PROGRESS',
    }),
  ),
  post('start without a trace', `${V3}/traces`, {}),
  deviates(
    post('start in no experiment', `${V3}/traces`, trace('0', { trace_location: null })),
    400,
    'callers-error',
  ),
  post(
    'start in an experiment that is not there',
    `${V3}/traces`,
    trace('0', {
      trace_location: { type: 1, mlflow_experiment: { experiment_id: '4711' } },
    }),
  ),
  post(
    'start in another experiment',
    `${V3}/traces`,
    trace('a', {
      trace_location: { type: 1, mlflow_experiment: { experiment_id: '<exp2>' } },
    }),
  ),
  post('start with a bad id', `${V3}/traces`, trace('0', { trace_id: '../x' })),
  post('start with another bad id', `${V3}/traces`, trace('0', { trace_id: 'a%2fb' })),
  post(
    'start with a long name',
    `${V3}/traces`,
    trace('0', { tags: { 'mlflow.traceName': 'n'.repeat(4097) } }),
  ),
  post(
    'start with a long session',
    `${V3}/traces`,
    trace('0', {
      trace_metadata: { 'mlflow.trace.session': 's'.repeat(251) },
    }),
  ),
];

export const READ_TRACES: readonly Exchange[] = [
  get('get', `${V3}/traces/${traceId('a')}`),
  get('get with assessments', `${V3}/traces/${traceId('b')}`),
  get('get in progress', `${V3}/traces/${traceId('f')}`),
  get('get what is not there', `${V3}/traces/tr-nope`),
  get('get as the pages call it', `/ajax-api/3.0/mlflow/traces/${traceId('a')}`),
  get('get spans that are not in the store', `${V3}/traces/get?trace_id=${traceId('b')}&allow_partial=true`),
  get('get spans of what is not there', `${V3}/traces/get?trace_id=tr-nope&allow_partial=true`),
  get('get spans of nothing', `${V3}/traces/get`),
  get('get spans with a bad flag', `${V3}/traces/get?trace_id=x&allow_partial=maybe`),
  get(
    'get several',
    `${V3}/traces/batchGet?trace_ids=${traceId('d')}&trace_ids=tr-nope&trace_ids=${traceId('c')}`,
  ),
  get(
    'get several of an experiment',
    `${V3}/traces/batchGet?trace_ids=${traceId('d')}&experiment_ids=<exp2>`,
  ),
  get('get none', `${V3}/traces/batchGet`),
  post('get infos', `${V3}/traces/batchGetInfos`, { trace_ids: [traceId('b'), 'tr-nope', traceId('a')] }),
  post('get infos of no experiment', `${V3}/traces/batchGetInfos`, {
    trace_ids: [traceId('b')],
    experiment_ids: [],
  }),
  post('get infos of nothing', `${V3}/traces/batchGetInfos`, {}),
  post('get infos of a text', `${V3}/traces/batchGetInfos`, { trace_ids: 'x' }),
  get(
    'the spans as the pages get them',
    `/ajax-api/2.0/mlflow/get-trace-artifact?request_id=${traceId('d')}`,
  ),
  get('the spans of nothing', '/ajax-api/2.0/mlflow/get-trace-artifact'),
  get('the spans of what is not there', '/ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-nope', {
    compare: 'status',
  }),
];

export const TRACE_TAGS: readonly Exchange[] = [
  patch('set a tag', `${V3}/traces/${traceId('a')}/tags`, { key: 'k', value: 'v' }),
  patch('set a tag as old clients do', `traces/${traceId('a')}/tags`, { key: 'k2', value: 'v' }),
  patch('set the name', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName', value: 'renamed' }),
  patch('set a tag without a key', `traces/${traceId('a')}/tags`, { value: 'v' }),
  patch('set a tag with a bad key', `traces/${traceId('a')}/tags`, { key: '../k', value: 'v' }),
  patch("set a tag of the server's", `traces/${traceId('a')}/tags`, {
    key: 'mlflow.artifactLocation',
    value: '/',
  }),
  deviates(
    patch('set a tag of nothing', 'traces/tr-nope/tags', { key: 'k', value: 'v' }),
    404,
    'missing-is-404',
  ),
  get('get after tags', `traces/${traceId('a')}/info`),
  removeWith('delete a tag', `${V3}/traces/${traceId('a')}/tags`, { key: 'k' }),
  removeWith('delete a tag that is not there', `traces/${traceId('a')}/tags`, { key: 'k' }),
  removeWith('delete the name', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName' }),
  removeWith('delete the name again', `traces/${traceId('a')}/tags`, { key: 'mlflow.traceName' }),
  removeWith("delete a tag of the server's", `traces/${traceId('a')}/tags`, {
    key: 'mlflow.artifactLocation',
  }),
  removeWith('delete no tag', `traces/${traceId('a')}/tags`, {}),
  post('link to a run', 'traces/link-to-run', { trace_ids: [traceId('b')], run_id: '<run2>' }),
  post('link to a run again', 'traces/link-to-run', { trace_ids: [traceId('b')], run_id: '<run2>' }),
  filter("run_id = '<run2>'"),
  post('link too many', 'traces/link-to-run', { trace_ids: Array(101).fill('x'), run_id: '<run2>' }),
  post('link nothing', 'traces/link-to-run', { run_id: '<run2>' }),
  post('link to no run', 'traces/link-to-run', { trace_ids: ['x'] }),
  post('link a prompt', 'traces/link-prompts', {
    trace_id: traceId('b'),
    prompt_versions: [{ name: 'p', version: '1' }],
  }),
  filter("prompt = 'p/1'"),
  post('link a prompt to nothing', 'traces/link-prompts', {
    trace_id: 'tr-nope',
    prompt_versions: [{ name: 'p', version: '1' }],
  }),
  post('link no prompt', 'traces/link-prompts', { trace_id: traceId('b') }),
];

/** As clients before MLflow 3 have them. */
export const OLD_TRACES: readonly Exchange[] = [
  post(
    'begin',
    'traces',
    {
      experiment_id: '<exp>',
      timestamp_ms: 1_700_000_000_000,
      request_metadata: [{ key: 'mlflow.trace_schema.version', value: '2' }],
      tags: [
        { key: 'mlflow.traceName', value: 'old' },
        { key: 'mlflow.artifactLocation', value: '/etc' },
      ],
    },
    { keep: { old: ['trace_info', 'request_id'] } },
  ),
  post('begin with a bad time', 'traces', { experiment_id: '<exp>', timestamp_ms: 'soon' }),
  post('begin with tags that have no keys', 'traces', { experiment_id: '<exp>', tags: [{ value: 'v' }] }),
  status(post('begin in an experiment that is not there', 'traces', { experiment_id: '4711' })),
  get('get what has begun', 'traces/<old>/info'),
  patch('end', 'traces/<old>', {
    timestamp_ms: 1_700_000_000_500,
    status: 'ERROR',
    request_metadata: [{ key: 'more', value: 'm' }],
    tags: [{ key: 'mlflow.traceName', value: 'ended' }],
  }),
  patch('end what is not there', 'traces/nope', { timestamp_ms: 1, status: 'OK' }),
  get('get what has ended', 'traces/<old>/info'),
  get('get what is not there', 'traces/nope/info'),
];

/** After all that needs them. */
export const TRACE_DELETION: readonly Exchange[] = [
  post('delete nothing', 'traces/delete-traces', { experiment_id: '<exp>' }),
  post('delete in no experiment', 'traces/delete-traces', { request_ids: ['x'] }),
  post('delete by both', 'traces/delete-traces', {
    experiment_id: '<exp>',
    max_timestamp_millis: 1,
    request_ids: ['x'],
  }),
  post('delete some of the named', 'traces/delete-traces', {
    experiment_id: '<exp>',
    request_ids: ['x'],
    max_traces: 1,
  }),
  post('delete none', 'traces/delete-traces', {
    experiment_id: '<exp>',
    max_timestamp_millis: 1,
    max_traces: 0,
  }),
  post('delete of another experiment', 'traces/delete-traces', {
    experiment_id: '<exp2>',
    request_ids: [traceId('a')],
  }),
  post('delete by id', 'traces/delete-traces', {
    experiment_id: '<exp>',
    request_ids: [traceId('a'), 'nope'],
  }),
  post('delete the oldest', `${V3}/traces/delete-traces`, {
    experiment_id: '<exp>',
    max_timestamp_millis: 1_714_564_801_000,
    max_traces: 1,
  }),
  search('what is left', { order_by: ['timestamp_ms'] }),
  remove('delete as nobody does', `${V3}/traces/${traceId('b')}`, { compare: 'status' }),
];
